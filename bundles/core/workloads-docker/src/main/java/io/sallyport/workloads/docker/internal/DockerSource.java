/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSource;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Containers of Docker, and of whatever else speaks the Docker Engine API (podman's service). */
@Component(configurationPid = "io.sallyport.workloads.docker")
public final class DockerSource implements WorkloadSource {
  /** {@code etc/io.sallyport.workloads.docker.cfg}. */
  public @interface Config {
    /** Unix sockets of the Engine API, separated by commas. */
    String[] sockets() default "/var/run/docker.sock";
  }

  private final List<String> sockets;

  /** Called by Declarative Services. */
  @Activate
  public DockerSource(Config config) {
    this.sockets = List.of(config.sockets());
  }

  @Override
  public String runtime() {
    return "docker";
  }

  @Override
  public int rank() {
    return 300;
  }

  @Override
  public List<String> endpoints() {
    return sockets;
  }

  @Override
  public void watch(String endpoint, ContainerListener listener) throws InterruptedException {
    new DockerWatch(new UnixHttp(Path.of(endpoint)), listener).run();
  }
}
