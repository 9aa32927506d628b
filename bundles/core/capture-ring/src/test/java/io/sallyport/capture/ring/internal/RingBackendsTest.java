/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.ring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.LinkType;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Probe;
import io.sallyport.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a network namespace of its own, over its loopback, in IPv4 and IPv6. */
class RingBackendsTest {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int MEGABYTE = 1 << 20;

  private NetworkNamespace namespace;

  /** What was handed out of the connection to one port. */
  private static final class Seen {
    private final int port;
    private long packets;
    private long payload;
    private int syn;
    private int fin;

    Seen(int port) {
      this.port = port;
    }

    void packet(MemorySegment m, long o, int captured, int wire, int link, long nanos) {
      if (link != LinkType.RAW) {
        return;
      }
      assertThat(captured).isLessThanOrEqualTo(wire);
      int version = m.get(ValueLayout.JAVA_BYTE, o) >> 4;
      int header = version == 4 ? 20 : 40;
      int protocol = m.get(ValueLayout.JAVA_BYTE, o + (version == 4 ? 9 : 6));
      int source = m.get(SHORT, o + header) & 0xffff;
      int destination = m.get(SHORT, o + header + 2) & 0xffff;
      if (protocol == 6 && (source == port || destination == port)) {
        packets++;
        payload += wire - header - 20;
        int flags = m.get(ValueLayout.JAVA_BYTE, o + header + 13);
        syn += (flags >> 1) & 1;
        fin += flags & 1;
      }
    }
  }

  @BeforeEach
  void makeNamespace() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: needs root");
    namespace = NetworkNamespace.create();
    namespace.call(() -> new ProcessBuilder("ip", "link", "set", "lo", "up").start().waitFor());
  }

  @AfterEach
  void endNamespace() {
    if (namespace != null) {
      namespace.close();
    }
  }

  private CaptureTarget target(long fullBytes) {
    return new CaptureTarget(
        "/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd().number(),
        "the test",
        fullBytes);
  }

  /** Sends so many bytes through a connection and waits until all have arrived. */
  private int transfer(String address, int bytes) throws Exception {
    InetAddress loopback = InetAddress.ofLiteral(address);
    try (ServerSocket server = namespace.call(() -> new ServerSocket(0, 1, loopback))) {
      CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> receive(server));
      try (Socket client = namespace.call(() -> new Socket(loopback, server.getLocalPort()))) {
        OutputStream out = client.getOutputStream();
        out.write(new byte[bytes]);
      }
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(bytes);
      return server.getLocalPort();
    }
  }

  private static int receive(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      return in.readAllBytes().length;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Reads until the connection's end has been seen from both sides. */
  private static Seen read(Capture capture, int port) throws InterruptedException {
    Seen seen = new Seen(port);
    for (int i = 0; i < 600 && seen.fin < 2; i++) {
      if (capture.poll(seen::packet, 1000) == 0) {
        Thread.sleep(10);
      }
    }
    return seen;
  }

  @Test
  void thisHostHasBoth() {
    Probe ebpf = new EbpfRingBackend().probe();
    assertThat(ebpf.available()).as(ebpf.detail()).isTrue();
    Probe plain = new PlainRingBackend().probe();
    assertThat(plain.available()).as(plain.detail()).isTrue();
  }

  @Test
  void plainRingSeesEveryByteOnce() throws Exception {
    try (Capture capture = new PlainRingBackend().open(target(16_384))) {
      int port = transfer("127.0.0.1", 100_000);
      Seen seen = read(capture, port);
      assertThat(seen.syn).isEqualTo(2);
      // TCP options stand between the fixed header and the payload.
      assertThat(seen.payload).isBetween(100_000L, 100_000L + 40 * seen.packets);
      assertThat(capture.statistics().dropped()).isZero();
    }
  }

  @Test
  void filterPassesTheFirstBytesAndCountsAll() throws Exception {
    EbpfRingBackend backend = new EbpfRingBackend();
    for (String address : new String[] {"127.0.0.1", "::1"}) {
      try (Capture capture = backend.open(target(16_384))) {
        int port = transfer(address, 8 * MEGABYTE);
        Seen seen = read(capture, port);
        assertThat(seen.syn).isEqualTo(2);
        assertThat(seen.fin).isEqualTo(2);
        assertThat(seen.payload).isLessThan(300_000);
        assertThat(capture.statistics().omitted()).isPositive();
        ConnectionCounters counters = find(capture, address, port);
        assertThat(counters.bytesForward).isBetween(8L * MEGABYTE, 9L * MEGABYTE);
        assertThat(counters.bytesBackward).isPositive().isLessThan(MEGABYTE);
      }
    }
    backend.deactivate();
  }

  /** The client's port is not known here: all are tried. */
  private static ConnectionCounters find(Capture capture, String address, int port) {
    ConnectionKey key = new ConnectionKey();
    IpAddress ip = IpAddress.parse(address);
    key.sourceHigh = ip.high();
    key.sourceLow = ip.low();
    key.destinationHigh = ip.high();
    key.destinationLow = ip.low();
    key.destinationPort = port;
    key.protocol = 6;
    ConnectionCounters counters = new ConnectionCounters();
    for (int client = 1024; client < 65_536; client++) {
      key.sourcePort = client;
      if (capture.counters(key, counters)) {
        return counters;
      }
    }
    throw new AssertionError("no counters for " + address + " port " + port);
  }

  @Test
  void ringsDoNotMixTheirCounters() throws Exception {
    EbpfRingBackend backend = new EbpfRingBackend();
    try (Capture one = backend.open(target(16_384));
        Capture two = backend.open(target(1 << 30))) {
      int port = transfer("127.0.0.1", MEGABYTE);
      assertThat(read(one, port).payload).isLessThan(300_000);
      Seen all = read(two, port);
      assertThat(all.payload + two.statistics().dropped() * 65_536).isGreaterThan(MEGABYTE);
      assertThat(two.statistics().omitted()).isZero();
    }
    backend.deactivate();
  }

  @Test
  void anotherThreadGoesOnBehindThePacketThatOneIsStuckWith() throws Exception {
    try (Capture capture = new PlainRingBackend().open(target(16_384))) {
      CountDownLatch stuck = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      AtomicInteger byFirst = new AtomicInteger();
      Thread first =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (byFirst.get() == 0) {
                      capture.poll(
                          (m, o, c, w, l, n) -> {
                            byFirst.incrementAndGet();
                            stuck.countDown();
                            awaitUninterrupted(release);
                          },
                          1);
                    }
                  });
      int port = transfer("127.0.0.1", 1000);
      assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
      Seen rest = read(capture, port);
      assertThat(rest.fin).isEqualTo(2);
      release.countDown();
      first.join();
      assertThat(byFirst.get()).isEqualTo(1);
      // The stuck thread holds the SYN; everything after it went to the other.
      assertThat(rest.syn).isEqualTo(1);
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysThatAContainerHasEnded() {
    CaptureTarget gone = new CaptureTarget("/proc/4194300/ns/net", "yelb-ui", 16_384);
    assertThatThrownBy(() -> new EbpfRingBackend().open(gone))
        .isInstanceOf(CaptureException.class)
        .hasMessage("yelb-ui has ended");
  }
}
