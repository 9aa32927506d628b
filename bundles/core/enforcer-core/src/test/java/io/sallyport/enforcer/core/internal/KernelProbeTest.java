/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.enforcer.core.internal.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a real network namespace, that of a process which sleeps. */
class KernelProbeTest {
  private final AddressMonitor monitor = AddressMonitor.start();
  private final KernelProbe probe = new KernelProbe(monitor);
  private Process sleeper = start("true");

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    boolean root = new ProcessBuilder("id", "-u").start().inputReader().readLine().equals("0");
    assumeTrue(root, "SKIPPED: network namespaces need root");
    sleeper = start("unshare", "--net", "sleep", "600");
    eventually("the process is in its namespace", () -> probe.inode(pid()) != probe.hostInode());
    assumeTrue(ip("link", "set", "lo", "up"), "SKIPPED: needs the tools nsenter and ip");
  }

  @AfterEach
  void end() {
    sleeper.destroyForcibly();
    monitor.close();
  }

  @Test
  void readsAddressesOfBothKinds() throws InterruptedException {
    assertThat(ip("link", "add", "v0", "type", "veth", "peer", "name", "v1")).isTrue();
    assertThat(ip("addr", "add", "10.9.8.7/24", "dev", "v0")).isTrue();
    assertThat(ip("addr", "add", "10.9.8.1", "peer", "10.9.8.2", "dev", "v1")).isTrue();
    assertThat(ip("-6", "addr", "add", "fd09::7/64", "dev", "v0")).isTrue();

    assertThat(probe.addresses(pid()))
        .contains(IpAddress.parse("10.9.8.7"), IpAddress.parse("fd09::7"))
        .contains(IpAddress.parse("127.0.0.1"))
        .as("of a point-to-point link, the own end")
        .contains(IpAddress.parse("10.9.8.1"))
        .doesNotContain(IpAddress.parse("10.9.8.2"));
    assertThat(probe.hostAddresses()).doesNotContain(IpAddress.parse("10.9.8.7"));
  }

  @Test
  void isToldOfChanges() throws InterruptedException {
    AtomicInteger changes = new AtomicInteger();
    try (Subscription watch = probe.watch(pid(), changes::incrementAndGet)) {
      assertThat(ip("addr", "add", "10.9.8.7/32", "dev", "lo")).isTrue();
      eventually("the first change is told", () -> changes.get() > 0);
      assertThat(probe.addresses(pid())).contains(IpAddress.parse("10.9.8.7"));
      int before = changes.get();
      assertThat(ip("addr", "del", "10.9.8.7/32", "dev", "lo")).isTrue();
      eventually("the next change is told", () -> changes.get() > before);
      assertThat(probe.addresses(pid())).doesNotContain(IpAddress.parse("10.9.8.7"));
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void takesAnEndedProcessForAnAnswer() throws InterruptedException {
    int pid = pid();
    sleeper.destroyForcibly();
    assertThat(sleeper.waitFor(20, TimeUnit.SECONDS)).isTrue();

    assertThat(probe.inode(pid)).isEqualTo(NamespaceProbe.GONE);
    assertThat(probe.addresses(pid)).isEmpty();
    probe.watch(pid, () -> {}).close();
  }

  private int pid() {
    return (int) sleeper.pid();
  }

  private boolean ip(String... arguments) throws InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(List.of("nsenter", "-t", "" + pid(), "-n", "ip"));
    command.addAll(List.of(arguments));
    return start(command.toArray(String[]::new)).waitFor() == 0;
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
