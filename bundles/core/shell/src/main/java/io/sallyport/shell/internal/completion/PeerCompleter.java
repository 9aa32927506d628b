/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes ends of a conversation: containers, groups, hosts. */
@Service
public class PeerCompleter extends ModelCompleter {
  @Override
  Stream<String> names(NetworkModel model) {
    return Stream.of(
            model.workloads().stream().map(Workload::name),
            model.groups().stream().map(Group::name),
            model.nodes().stream().map(node -> node.info().name()))
        .flatMap(each -> each);
  }
}
