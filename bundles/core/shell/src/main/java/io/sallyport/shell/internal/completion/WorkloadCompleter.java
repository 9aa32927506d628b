/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.NetworkModel;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes containers, by name and id. */
@Service
public class WorkloadCompleter extends ModelCompleter {
  @Override
  Stream<String> names(NetworkModel model) {
    return model.workloads().stream().flatMap(each -> Stream.of(each.name(), each.id()));
  }
}
