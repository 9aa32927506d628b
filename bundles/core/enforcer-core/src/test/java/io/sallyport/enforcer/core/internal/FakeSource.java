/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A source that does what a test tells it, on the thread it is given. */
final class FakeSource implements WorkloadSource {
  private final String runtime;
  private final int rank;
  private final LinkedBlockingQueue<Consumer<ContainerListener>> script =
      new LinkedBlockingQueue<>();

  FakeSource(String runtime, int rank) {
    this.runtime = runtime;
    this.rank = rank;
  }

  static Container container(String id, String name, int pid) {
    return container(id, name, pid, Map.of(), Instant.EPOCH);
  }

  static Container container(
      String id, String name, int pid, Map<String, String> labels, Instant created) {
    return new Container(
        id, name, "image", "", labels, pid, "docker", "", List.of(), created, created);
  }

  /** Runs this on the thread of the next or current watch. */
  FakeSource then(Consumer<ContainerListener> action) {
    script.add(action);
    return this;
  }

  FakeSource found(Container... containers) {
    return then(
        listener -> {
          for (Container container : containers) {
            listener.container(container);
          }
        });
  }

  FakeSource listed() {
    return then(ContainerListener::listed);
  }

  FakeSource gone(String id) {
    return then(listener -> listener.gone(id));
  }

  @Override
  public String runtime() {
    return runtime;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public List<String> endpoints() {
    return List.of("/run/" + runtime + ".sock");
  }

  @Override
  public void watch(String endpoint, ContainerListener listener) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      script.take().accept(listener);
    }
  }
}
