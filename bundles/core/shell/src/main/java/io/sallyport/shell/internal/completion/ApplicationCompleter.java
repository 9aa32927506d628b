/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.NetworkModel;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes applications that were seen. */
@Service
public class ApplicationCompleter extends ModelCompleter {
  @Override
  Stream<String> names(NetworkModel model) {
    return model.conversations().stream()
        .flatMap(each -> each.entries().stream())
        .map(entry -> entry.application().name());
  }
}
