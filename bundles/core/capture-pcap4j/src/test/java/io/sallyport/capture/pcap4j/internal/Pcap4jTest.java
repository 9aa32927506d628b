/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.LinkType;
import io.sallyport.api.capture.PacketRecorder.Recording;
import io.sallyport.kernel.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a network namespace of its own, over its loopback. */
class Pcap4jTest {
  private static final byte[] WORDS = "knock knock".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path dir;

  private NetworkNamespace namespace;
  private CaptureTarget target;

  @BeforeEach
  void makeNamespace() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: needs root");
    namespace = NetworkNamespace.create();
    namespace.call(() -> new ProcessBuilder("ip", "link", "set", "lo", "up").start().waitFor());
    String path = "/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd().number();
    target = new CaptureTarget(path, "the test", Long.MAX_VALUE);
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private void send(int port) throws IOException {
    namespace.call(
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(
                new DatagramPacket(
                    WORDS,
                    WORDS.length,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
          }
          return true;
        });
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited 20 s").isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void recordsWhatPassesTheFilterOnce() throws Exception {
    Path file = dir.resolve("x.pcap");
    Recording recording =
        new Pcap4jRecorder().record(target, file, Duration.ofSeconds(30), 1 << 20, "udp port 7007");
    send(7007);
    send(7008);
    send(7007);
    await(() -> recording.packets() == 2 && recording.bytes() > 24);
    recording.stop();
    assertThat(recording.running()).isFalse();
    assertThat(recording.problem()).isEmpty();
    assertThat(Files.size(file)).isEqualTo(recording.bytes());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(content.split("knock knock", -1)).hasSize(3);
  }

  @Test
  void keepsToItsTimeAndSize() throws Exception {
    Recording brief =
        new Pcap4jRecorder().record(target, dir.resolve("a"), Duration.ofMillis(100), 1 << 20, "");
    await(() -> !brief.running());
    Recording small =
        new Pcap4jRecorder().record(target, dir.resolve("b"), Duration.ofSeconds(60), 100, "");
    send(7007);
    send(7007);
    await(() -> !small.running());
    assertThat(Files.size(dir.resolve("b"))).isLessThanOrEqualTo(100);
  }

  @Test
  void saysWhatIsWrong() {
    Pcap4jRecorder recorder = new Pcap4jRecorder();
    assertThatThrownBy(
            () ->
                recorder.record(
                    target, dir.resolve("x"), Duration.ofSeconds(1), 1000, "not a filter ("))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("is not a pcap filter");
    CaptureTarget gone = new CaptureTarget("/proc/4194300/ns/net", "nobody", 0);
    assertThatThrownBy(
            () -> recorder.record(gone, dir.resolve("x"), Duration.ofSeconds(1), 1000, ""))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(
            () -> recorder.record(target, Path.of("/nowhere/x"), Duration.ofSeconds(1), 1000, ""))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("/nowhere/x");
  }

  @Test
  void handsOutLivePackets() throws Exception {
    Pcap4jBackend backend = new Pcap4jBackend();
    assertThat(backend.probe().available()).isTrue();
    try (Capture capture = backend.open(target)) {
      AtomicInteger seen = new AtomicInteger();
      send(7007);
      await(
          () -> {
            capture.poll(
                (memory, offset, captured, wire, link, nanos) -> {
                  assertThat(link).isIn(LinkType.LINUX_SLL, LinkType.LINUX_SLL2);
                  assertThat(wire).isEqualTo(captured);
                  assertThat(nanos).isPositive();
                  byte[] tail =
                      memory
                          .asSlice(offset + captured - WORDS.length, WORDS.length)
                          .toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
                  assertThat(tail).isEqualTo(WORDS);
                  seen.incrementAndGet();
                },
                16);
            // The datagram, and the answer that nobody listens, which quotes it.
            return seen.get() == 2;
          });
      assertThat(capture.statistics().packets()).isEqualTo(2);
    }
  }
}
