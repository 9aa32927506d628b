/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkNamespaceTest {
  private static final Path OWN = Path.of("/proc/self/ns/net");

  @BeforeEach
  void needsRoot() {
    TestNetwork.assumeRoot();
  }

  @Test
  void runsInsideAndLeavesTheCallerOutside() {
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      NamespaceId before = NamespaceId.of(Path.of("/proc/thread-self/ns/net"));
      NamespaceId inside =
          namespace.call(() -> NamespaceId.of(Path.of("/proc/thread-self/ns/net")));
      assertThat(inside).isEqualTo(namespace.id()).isNotEqualTo(before);
      assertThat(NamespaceId.of(Path.of("/proc/thread-self/ns/net"))).isEqualTo(before);
    }
  }

  @Test
  void usesANewPlatformThreadEachTime() {
    try (NetworkNamespace namespace = NetworkNamespace.own()) {
      Thread first = namespace.call(Thread::currentThread);
      Thread second = namespace.call(Thread::currentThread);
      assertThat(first).isNotSameAs(second).isNotSameAs(Thread.currentThread());
      assertThat(first.isVirtual()).isFalse();
      assertThat(first.isAlive()).isFalse();
    }
  }

  @Test
  void seesTheInterfacesOfTheNamespace() throws Exception {
    try (NetworkNamespace namespace = NetworkNamespace.create()) {
      List<String> interfaces =
          namespace.call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/dev")));
      // Two lines of headings.
      assertThat(interfaces).hasSize(3);
      assertThat(interfaces.get(2).strip()).startsWith("lo:");
    }
  }

  @Test
  void theIdIsTheSameByEveryPath() {
    try (NetworkNamespace own = NetworkNamespace.own();
        NetworkNamespace byPid = NetworkNamespace.ofProcess((int) ProcessHandle.current().pid())) {
      assertThat(own.id()).isEqualTo(byPid.id()).isEqualTo(NamespaceId.of(OWN));
    }
  }

  @Test
  void saysThatAProcessIsGone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    int pid = (int) process.pid();
    Path path = Path.of("/proc/" + pid + "/ns/net");
    assertThatThrownBy(() -> NetworkNamespace.ofProcess(pid))
        .isInstanceOf(NamespaceGoneException.class)
        .hasMessageContaining("open " + path)
        .hasMessageContaining("process that it belonged to has ended");
    assertThatThrownBy(() -> NamespaceId.of(path)).isInstanceOf(NamespaceGoneException.class);
    assertThatThrownBy(() -> NetworkNamespace.call(path, () -> 1))
        .isInstanceOf(NamespaceGoneException.class);
  }

  @Test
  void outlivesItsProcessWhileHeld() throws Exception {
    Process process = new ProcessBuilder("unshare", "-n", "sleep", "600").start();
    try {
      Path path = Path.of("/proc/" + process.pid() + "/ns/net");
      while (NamespaceId.of(path).equals(NamespaceId.of(OWN))) {
        Thread.onSpinWait();
      }
      try (NetworkNamespace namespace = NetworkNamespace.open(path)) {
        process.destroyForcibly().waitFor();
        NamespaceId inside =
            namespace.call(() -> NamespaceId.of(Path.of("/proc/thread-self/ns/net")));
        assertThat(inside).isEqualTo(namespace.id());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void passesOnWhatTheTaskThrows() {
    try (NetworkNamespace namespace = NetworkNamespace.own()) {
      assertThatThrownBy(
              () ->
                  namespace.call(
                      () -> {
                        throw new IOException("from within");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("from within");
      assertThatThrownBy(
              () ->
                  namespace.call(
                      () -> {
                        throw new AssertionError("an error");
                      }))
          .isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void refusesAFileThatIsNoNamespace() {
    try (NetworkNamespace notOne = NetworkNamespace.open(Path.of("/dev/null"))) {
      assertThatThrownBy(() -> notOne.call(() -> 1))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
          .hasMessageContaining("setns /dev/null");
    }
  }

  @Test
  void keepsAnInterruptForLater() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    boolean[] result = new boolean[2];
    try (NetworkNamespace namespace = NetworkNamespace.own()) {
      Thread caller =
          Thread.ofPlatform()
              .start(
                  () -> {
                    result[0] =
                        namespace.call(
                            () -> {
                              begun.countDown();
                              awaitQuietly(goOn);
                              return true;
                            });
                    result[1] = Thread.currentThread().isInterrupted();
                  });
      begun.await();
      caller.interrupt();
      goOn.countDown();
      caller.join();
    }
    assertThat(result).containsExactly(true, true);
  }

  @Test
  void entersAMountNamespace() throws Exception {
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs inner /mnt && echo up && exec sleep 600")
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("up");
      Path path = Path.of("/proc/" + process.pid() + "/ns/mnt");
      try (MountNamespace namespace = MountNamespace.open(path)) {
        String mounts = namespace.call(() -> Files.readString(Path.of("/proc/thread-self/mounts")));
        assertThat(mounts).contains("inner /mnt tmpfs");
      }
      assertThat(Path.of("/proc/thread-self/mounts")).content().doesNotContain("inner /mnt");
    } finally {
      process.destroyForcibly();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
