/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place where containers are found: a runtime's API, or the kernel itself. A plugin: register it
 * as an OSGi service and every node that has it will use it.
 *
 * <p>One source serves any number of endpoints (sockets, usually). For each of them the engine
 * calls {@link #watch} on a thread of its own; the source needs none.
 */
@ConsumerType
public interface WorkloadSource {
  /** The runtime's usual name, in lower case: {@code docker}, {@code containerd}. */
  String runtime();

  /**
   * How much this source knows: where two sources report a container of the same id, the facts of
   * the one with the higher rank stand. Docker 300, containerd and CRI 200, the cgroup walk 100.
   */
  int rank();

  /** The endpoints to watch, as a user would name them; empty when there is nothing configured. */
  List<String> endpoints();

  /**
   * Watches one endpoint until the thread is interrupted. First it reports every container that
   * runs, then calls {@link ContainerListener#listed}, then reports changes as they come.
   *
   * @throws WorkloadSourceException when the endpoint is absent, refuses, or goes away. The engine
   *     shows the message in the node's status and calls again, after 1 s at first and 30 s at
   *     most; containers that the source had reported stay until the next {@code listed} lacks
   *     them.
   * @throws InterruptedException when it is told to end
   */
  void watch(String endpoint, ContainerListener listener) throws InterruptedException;
}
