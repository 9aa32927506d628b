/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes namespaces. */
@Service
public class DomainCompleter extends ModelCompleter {
  @Override
  Stream<String> names(NetworkModel model) {
    return model.workloads().stream().map(Workload::domain);
  }
}
