/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSource;
import io.sallyport.api.workload.WorkloadSourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Containers as the kernel shows them, whatever runs them: processes in control groups and
 * namespaces of their own. Knows little of them, but needs no runtime's leave.
 */
@Component(configurationPid = "io.sallyport.workloads.cgroup")
public final class CgroupSource implements WorkloadSource {
  /** {@code etc/io.sallyport.workloads.cgroup.cfg}. */
  public @interface Config {
    /** Where the proc file system is mounted. */
    String proc() default "/proc";

    /** Milliseconds between two looks. */
    int interval() default 1000;
  }

  private final String proc;
  private final Duration interval;

  /** Called by Declarative Services. */
  @Activate
  public CgroupSource(Config config) {
    this(config.proc(), Duration.ofMillis(Math.max(100, config.interval())));
  }

  CgroupSource(String proc, Duration interval) {
    this.proc = proc;
    this.interval = interval;
  }

  @Override
  public String runtime() {
    return "cgroup";
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public List<String> endpoints() {
    return List.of(proc);
  }

  @Override
  public void watch(String endpoint, ContainerListener listener) throws InterruptedException {
    try {
      ProcessWalk walk = new ProcessWalk(Path.of(endpoint), new Details());
      Map<String, Container> known = new HashMap<>();
      Map<String, Container> last = walk.containers();
      for (boolean first = true; ; first = false) {
        Thread.sleep(interval);
        // What was not there at the last look waits for the next: the runtime itself knows more of
        // it and shall be heard first.
        Map<String, Container> found = walk.containers();
        Map<String, Container> settled = new HashMap<>(found);
        settled.keySet().retainAll(last.keySet());
        report(known, settled, listener);
        known = settled;
        last = found;
        if (first) {
          listener.listed();
        }
      }
    } catch (IOException e) {
      throw new WorkloadSourceException(endpoint + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void report(
      Map<String, Container> known, Map<String, Container> found, ContainerListener listener) {
    Set<String> gone = new HashSet<>(known.keySet());
    gone.removeAll(found.keySet());
    gone.forEach(listener::gone);
    for (Container container : found.values()) {
      if (!container.equals(known.get(container.id()))) {
        listener.container(container);
      }
    }
  }
}
