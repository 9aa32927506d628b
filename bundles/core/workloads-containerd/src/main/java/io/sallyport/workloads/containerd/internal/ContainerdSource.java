/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.containerd.internal;

import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSource;
import io.sallyport.api.workload.WorkloadSourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Containers of containerd, in all its namespaces: Kubernetes' ({@code k8s.io}) and all others. */
@Component(configurationPid = "io.sallyport.workloads.containerd")
public final class ContainerdSource implements WorkloadSource {
  /** {@code etc/io.sallyport.workloads.containerd.cfg}. */
  public @interface Config {
    /** Unix sockets of containerd, separated by commas. */
    String[] sockets() default "/run/containerd/containerd.sock";
  }

  private final List<String> sockets;

  /** Called by Declarative Services. */
  @Activate
  public ContainerdSource(Config config) {
    this(List.of(config.sockets()));
  }

  ContainerdSource(List<String> sockets) {
    this.sockets = sockets;
  }

  @Override
  public String runtime() {
    return "containerd";
  }

  @Override
  public int rank() {
    return 200;
  }

  @Override
  public List<String> endpoints() {
    return sockets;
  }

  @Override
  public void watch(String endpoint, ContainerListener listener) throws InterruptedException {
    if (!Files.exists(Path.of(endpoint))) {
      throw new WorkloadSourceException(
          endpoint + ": there is no such socket; is containerd installed and running?", null);
    }
    try (ContainerdClient client = new ContainerdClient(endpoint)) {
      new ContainerdWatch(client, endpoint, listener).run();
    }
  }
}
