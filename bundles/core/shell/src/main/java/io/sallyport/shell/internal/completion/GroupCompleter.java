/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes groups. */
@Service
public class GroupCompleter extends ModelCompleter {
  @Override
  Stream<String> names(NetworkModel model) {
    return model.groups().stream().map(Group::name);
  }
}
