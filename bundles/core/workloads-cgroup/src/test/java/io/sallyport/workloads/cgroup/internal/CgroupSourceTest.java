/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Namespaces made by hand: what an unknown runtime's container looks like. */
class CgroupSourceTest {
  @TempDir Path dir;

  private final Map<String, Container> containers = new ConcurrentHashMap<>();
  private final CountDownLatch listed = new CountDownLatch(1);

  private final ContainerListener listener =
      new ContainerListener() {
        @Override
        public void container(Container container) {
          containers.put(container.id(), container);
        }

        @Override
        public void gone(String containerId) {
          containers.remove(containerId);
        }

        @Override
        public void listed() {
          listed.countDown();
        }
      };

  @Test
  void findsAProcessInNamespacesOfItsOwn() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: needs root for unshare");
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    new CgroupSource("/proc", Duration.ofMillis(100)).watch("/proc", listener);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    Process process = null;
    try {
      assertThat(listed.await(30, TimeUnit.SECONDS)).isTrue();
      int before = containers.size();
      process = start();
      long host = process.pid();
      await(() -> containers.values().stream().anyMatch(c -> isChildOf(c.pid(), host)));
      assertThat(containers).hasSizeGreaterThan(before);
      process.destroy();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      await(() -> containers.values().stream().noneMatch(c -> isChildOf(c.pid(), host)));
    } finally {
      if (process != null) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      watch.interrupt();
      watch.join();
    }
  }

  /** A root of its own: a tmpfs with nothing but busybox in it would do; here the host's /usr. */
  private Process start() throws IOException {
    Path root = dir.resolve("root");
    Files.createDirectories(root);
    return new ProcessBuilder(
            "unshare",
            "--pid",
            "--mount",
            "--fork",
            "--kill-child",
            "sh",
            "-c",
            ("mount -t tmpfs none %1$s && mkdir -p %1$s/usr && mount --bind /usr %1$s/usr && "
                    + "ln -s usr/lib %1$s/lib && ln -s usr/lib64 %1$s/lib64 && "
                    + "exec chroot %1$s /usr/bin/sleep 60")
                .formatted(root))
        .inheritIO()
        .start();
  }

  private static boolean isChildOf(int pid, long parent) {
    return ProcessHandle.of(pid)
        .flatMap(ProcessHandle::parent)
        .map(p -> p.pid() == parent)
        .orElse(false);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
      Thread.sleep(50);
    }
  }
}
