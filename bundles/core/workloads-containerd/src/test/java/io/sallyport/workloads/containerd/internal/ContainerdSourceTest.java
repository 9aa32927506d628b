/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.containerd.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSourceException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real containerd of its own, with a container made of nothing but busybox. */
class ContainerdSourceTest {
  /** Of this run alone: runc keeps its state by namespace and id, outside containerd's folders. */
  private static final String NAMESPACE = "world" + ProcessHandle.current().pid();

  @TempDir Path dir;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<Container> containers = new LinkedBlockingQueue<>();

  private final ContainerListener listener =
      new ContainerListener() {
        @Override
        public void container(Container container) {
          containers.add(container);
          told.add("container " + container.id());
        }

        @Override
        public void gone(String containerId) {
          told.add("gone " + containerId);
        }

        @Override
        public void listed() {
          told.add("listed");
        }
      };

  @Test
  void findsWhatRunsAndWhatStartsAndStops() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: needs root");
    for (String program : List.of("containerd", "ctr", "runc", "busybox")) {
      assumeTrue(
          Files.exists(Path.of("/usr/bin", program)) || Files.exists(Path.of("/usr/sbin", program)),
          "SKIPPED: needs " + program + "; apt install containerd runc busybox-static");
    }
    Path socket = dir.resolve("c.sock");
    Files.writeString(
        dir.resolve("c.toml"),
        """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        disabled_plugins = ["io.containerd.grpc.v1.cri"]
        [grpc]
          address = "%1$s/c.sock"
        [ttrpc]
          address = "%1$s/t.sock"
        """
            .formatted(dir));
    Path root = dir.resolve("busybox");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    Process daemon =
        new ProcessBuilder("containerd", "-c", dir.resolve("c.toml").toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("c.log").toFile())
            .start();
    Thread watch = null;
    try {
      for (int i = 0; i < 200 && !Files.exists(socket); i++) {
        Thread.sleep(50);
      }
      start(socket, root, "early");
      watch =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      new ContainerdSource(List.of(socket.toString()))
                          .watch(socket.toString(), listener);
                    } catch (InterruptedException e) {
                      told.add("interrupted");
                    } catch (WorkloadSourceException e) {
                      told.add("failed " + e.getMessage());
                    }
                  });
      assertThat(next()).isEqualTo("container early");
      assertThat(next()).isEqualTo("listed");
      start(socket, root, "late");
      assertThat(next()).isEqualTo("container late");
      ctr(
          socket,
          "-n",
          NAMESPACE,
          "task",
          "exec",
          "--exec-id",
          "x",
          "late",
          "/bin/busybox",
          "true");
      ctr(socket, "-n", NAMESPACE, "task", "kill", "-s", "KILL", "late");
      assertThat(next()).isEqualTo("gone late");
      Container early = containers.element();
      assertThat(early.runtime()).isEqualTo("containerd");
      assertThat(early.runtimeNamespace()).isEqualTo(NAMESPACE);
      assertThat(early.labels()).containsEntry("com.docker.compose.service", "early");
      assertThat(early.createdAt()).isNotNull();
      assertThat(Files.readString(Path.of("/proc/" + early.pid() + "/comm"))).contains("busybox");
      daemon.destroyForcibly().waitFor();
      assertThat(nextAfterGone()).startsWith("failed ").contains("c.sock");
    } finally {
      if (watch != null) {
        watch.interrupt();
        watch.join();
      }
      clean(daemon);
    }
  }

  @Test
  void saysWhatIsWrongWithASocket() throws IOException {
    String none = dir.resolve("none.sock").toString();
    assertThatThrownBy(() -> new ContainerdSource(List.of(none)).watch(none, listener))
        .isInstanceOf(WorkloadSourceException.class)
        .hasMessageContaining("no such socket");
    Path deaf = dir.resolve("deaf.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(deaf));
    }
    assertThatThrownBy(
            () -> new ContainerdSource(List.of(deaf.toString())).watch(deaf.toString(), listener))
        .isInstanceOf(WorkloadSourceException.class)
        .hasMessageContaining("is containerd running?");
  }

  private String next() throws InterruptedException {
    String said = told.poll(30, TimeUnit.SECONDS);
    return said == null ? "nothing within 30 s" : said;
  }

  /** The end of a task may be told twice, by its exit and by its deletion. */
  private String nextAfterGone() throws InterruptedException {
    String said = next();
    while (said.startsWith("gone")) {
      said = next();
    }
    return said;
  }

  private void start(Path socket, Path root, String id) throws Exception {
    ctr(
        socket,
        "-n",
        NAMESPACE,
        "run",
        "-d",
        "--rootfs",
        "--label",
        "com.docker.compose.service=" + id,
        root.toString(),
        id,
        "/bin/busybox",
        "sleep",
        "600");
  }

  private void ctr(Path socket, String... words) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("ctr", "-a", socket.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + ": " + output).isZero();
  }

  /** Ends what the killed daemon left: its shims, their containers, their mounts. */
  private void clean(Process daemon) throws Exception {
    daemon.destroyForcibly().waitFor();
    ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(dir.toString()))
        .forEach(
            shim -> {
              shim.descendants().forEach(ProcessHandle::destroyForcibly);
              shim.destroyForcibly();
            });
    String state = "/run/containerd/runc/" + NAMESPACE;
    for (String id : List.of("early", "late")) {
      run("runc", "--root", state, "delete", "--force", id);
    }
    run("rm", "-rf", state);
    for (String line : Files.readAllLines(Path.of("/proc/mounts"))) {
      String mount = line.split(" ", 3)[1];
      if (mount.startsWith(dir.toString())) {
        run("umount", "-l", mount);
      }
    }
  }

  private static void run(String... command) throws Exception {
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
