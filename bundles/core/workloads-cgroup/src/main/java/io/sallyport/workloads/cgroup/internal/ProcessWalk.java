/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import io.sallyport.api.workload.Container;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks the processes and picks the first process of each container. A process is looked into
 * during its first looks only, while its runtime may still be moving it into its place, so that a
 * quiet host costs one directory listing; every thirtieth look goes through all of them again, for
 * process ids that were used anew.
 */
final class ProcessWalk {
  private static final int FULL_EVERY = 30;
  private static final int YOUNG = 5;

  private final Path proc;
  private final Details details;
  private final String hostMounts;
  private final Map<String, Object> hostRoot;
  private Map<Integer, Integer> ages = new HashMap<>();
  private Map<String, Container> containers = new HashMap<>();
  private int looks;

  ProcessWalk(Path proc, Details details) throws IOException {
    this.proc = proc;
    this.details = details;
    Path host = host(proc);
    this.hostMounts = link(host.resolve("ns/mnt"));
    this.hostRoot = root(host);
  }

  /**
   * A process of the host itself: the first one, unless the kernel bars it from us because it has a
   * capability that we lack; then our own has to do.
   */
  private static Path host(Path proc) {
    Path first = proc.resolve("1");
    return Files.isReadable(first.resolve("ns/mnt")) ? first : proc.resolve("self");
  }

  /** The containers that run now, by id. */
  Map<String, Container> containers() throws IOException {
    Map<Integer, Integer> pids = pids();
    boolean full = looks++ % FULL_EVERY == 0;
    Map<String, Container> next = new HashMap<>();
    if (!full) {
      containers.forEach(
          (id, container) -> {
            if (pids.containsKey(container.pid())) {
              next.put(id, container);
            }
          });
    }
    pids.forEach(
        (pid, age) -> {
          if (full || age < YOUNG) {
            Container container = look(pid);
            if (container != null) {
              next.merge(container.id(), container, ProcessWalk::first);
            }
          }
        });
    ages = pids;
    containers = next;
    return next;
  }

  /** Of two processes of one container, the one with the lower id came first. */
  private static Container first(Container a, Container b) {
    return a.pid() <= b.pid() ? a : b;
  }

  /** Every process with the number of looks that have seen it. */
  private Map<Integer, Integer> pids() throws IOException {
    Map<Integer, Integer> pids = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, ProcessWalk::isProcess)) {
      for (Path entry : entries) {
        int pid = Integer.parseInt(entry.getFileName().toString());
        pids.put(pid, Math.min(ages.getOrDefault(pid, -1) + 1, YOUNG));
      }
    }
    return pids;
  }

  private static boolean isProcess(Path entry) {
    String name = entry.getFileName().toString();
    return name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The container that a process belongs to, if it is in one and may be its first process. */
  private @Nullable Container look(int pid) {
    Path process = proc.resolve(Integer.toString(pid));
    try {
      if (link(process.resolve("ns/mnt")).equals(hostMounts) || root(process).equals(hostRoot)) {
        return null;
      }
      CgroupPath cgroup = CgroupPath.of(Files.readString(process.resolve("cgroup")));
      // The process's id in each pid namespace it is in, the host's first.
      String[] ids = ProcStatus.field(process, "NSpid").split("\\s+", -1);
      boolean init = ids.length > 1 && ids[ids.length - 1].equals("1");
      boolean hostPids = ids.length == 1 && !ids[0].isEmpty() && !cgroup.id().isEmpty();
      if (cgroup.helper() || !(init || hostPids)) {
        return null;
      }
      return details.container(process, pid, cgroup);
    } catch (IOException e) {
      // A process that ends while it is read answers with ESRCH; one of another user's namespace
      // that may not be read is not ours to report.
      return null;
    }
  }

  private static Map<String, Object> root(Path process) throws IOException {
    return Files.readAttributes(process.resolve("root/."), "unix:ino,dev");
  }

  private static String link(Path path) throws IOException {
    return Files.readSymbolicLink(path).toString();
  }
}
