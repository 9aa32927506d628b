/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.kernel.CursorRevokedException;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.TestNetwork;
import io.sallyport.kernel.net.ClassicFilter;
import io.sallyport.kernel.net.Interfaces;
import io.sallyport.kernel.net.NativeSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PacketRingTest {
  /** An experimental protocol, which nothing else on the link speaks. */
  private static final int PROTOCOL = 0x88b5;

  private static final RingSpec SMALL = RingSpec.everything(1 << 16, 16).retiring(1);

  @Test
  void givesEveryPacketOnceAndInOrder() {
    try (TestNetwork network = veth();
        PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL))) {
      RingCursor cursor = ring.takeOver();
      List<Integer> seen = new ArrayList<>();
      // Many times round the ring: 20 batches of 100 frames of about 1.1 KiB in each direction, in
      // 1 MiB.
      for (int batch = 0; batch < 20; batch++) {
        send(network, batch * 100, 100, 1000);
        read(ring, cursor, seen, (batch + 1) * 100);
      }
      assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(2000);
      RingStatistics statistics = ring.statistics();
      assertThat(statistics.drops()).isZero();
      assertThat(statistics.packets()).isGreaterThanOrEqualTo(2000);
      assertThat(ring.statistics().packets()).isGreaterThanOrEqualTo(statistics.packets());
    }
  }

  @Test
  void describesAPacket() {
    try (TestNetwork network = veth();
        PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL))) {
      send(network, 42, 1, 100);
      RingCursor cursor = awaitFrame(ring, ring.takeOver(), RingCursor.PACKET_HOST);
      assertThat(cursor.capturedLength()).isEqualTo(100);
      assertThat(cursor.wireLength()).isEqualTo(100);
      assertThat(cursor.networkOffset() - cursor.offset()).isEqualTo(14);
      assertThat(cursor.hardwareType()).isEqualTo(1);
      assertThat(cursor.vlanPresent()).isFalse();
      assertThat(cursor.interfaceIndex())
          .isEqualTo(network.namespace().call(() -> Interfaces.index("right")));
      assertThat(cursor.timestampNanos() / 1_000_000_000L)
          .isBetween(
              System.currentTimeMillis() / 1000 - 60, System.currentTimeMillis() / 1000 + 60);
    }
  }

  @Test
  void keepsToOneInterfaceAndToWhatComesIn() {
    try (TestNetwork network = veth();
        PacketRing ring =
            network
                .namespace()
                .call(() -> PacketRing.open(SMALL.on(Interfaces.index("right")).incomingOnly()))) {
      send(network, 0, 10, 100);
      List<Integer> seen = new ArrayList<>();
      read(ring, ring.takeOver(), seen, 10);
      assertThat(seen).hasSize(10);
      assertThat(ring.statistics().drops()).isZero();
    }
  }

  @Test
  void readsTheVlanTagThatTheKernelTookOff() {
    try (TestNetwork network = veth();
        PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL))) {
      network
          .namespace()
          .call(
              () -> {
                transmit(
                    frame -> {
                      frame.set(
                          JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 12, (short) 0x8100);
                      frame.set(
                          JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 14, (short) 0x6064);
                      frame.set(
                          JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN),
                          16,
                          (short) PROTOCOL);
                    },
                    0,
                    1,
                    100);
                return 0;
              });
      RingCursor cursor = awaitFrame(ring, ring.takeOver(), RingCursor.PACKET_HOST);
      assertThat(cursor.vlanPresent()).isTrue();
      assertThat(cursor.vlanTci()).isEqualTo(0x6064);
      assertThat(cursor.vlanTpid()).isEqualTo(0x8100);
    }
  }

  @Test
  void cutsByAClassicFilter() {
    try (TestNetwork network = veth();
        PacketRing ring =
            network
                .namespace()
                .call(() -> PacketRing.open(SMALL.through(ClassicFilter.first(40))))) {
      send(network, 0, 1, 100);
      RingCursor cursor = awaitFrame(ring, ring.takeOver(), RingCursor.PACKET_HOST);
      assertThat(cursor.capturedLength()).isEqualTo(40);
      assertThat(cursor.wireLength()).isEqualTo(100);
    }
  }

  @Test
  void anotherThreadGoesOnBehindThePacketAtWhichAThreadIsStuck() throws Exception {
    try (TestNetwork network = veth();
        PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL))) {
      send(network, 0, 100, 1000);
      List<Integer> first = new ArrayList<>();
      CountDownLatch stuck = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      boolean[] revoked = new boolean[1];
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    RingCursor cursor = ring.takeOver();
                    read(ring, cursor, first, 37);
                    stuck.countDown();
                    awaitQuietly(release);
                    try {
                      cursor.next();
                    } catch (CursorRevokedException e) {
                      revoked[0] = cursor.revoked();
                    }
                  });
      stuck.await();
      List<Integer> second = new ArrayList<>();
      RingCursor successor = ring.takeOver();
      read(ring, successor, second, 63);
      release.countDown();
      thread.join();
      assertThat(revoked[0]).isTrue();
      send(network, 100, 20, 1000);
      read(ring, successor, second, 83);
      assertThat(first).hasSize(37);
      first.addAll(second);
      assertThat(first).isSorted().doesNotHaveDuplicates().hasSize(120);
    }
  }

  @Test
  void losesAndRepeatsNothingUnderManyTakeOvers() throws Exception {
    try (TestNetwork network = veth();
        PacketRing ring =
            network.namespace().call(() -> PacketRing.open(RingSpec.everything(1 << 14, 1024)))) {
      List<Integer> seen = new ArrayList<>();
      Thread[] readers = new Thread[4];
      Thread sender = Thread.ofPlatform().start(() -> send(network, 0, 2000, 200));
      for (int i = 0; i < readers.length; i++) {
        readers[i] = Thread.ofPlatform().start(() -> compete(ring, seen, 2000));
      }
      for (Thread reader : readers) {
        reader.join();
      }
      sender.join();
      assertThat(ring.statistics().drops()).isZero();
      assertThat(seen).hasSize(2000).doesNotHaveDuplicates();
    }
  }

  @Test
  void aReaderThatIsLateGetsAnException() {
    try (TestNetwork network = veth()) {
      PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL));
      send(network, 0, 2, 100);
      RingCursor cursor = awaitFrame(ring, ring.takeOver(), RingCursor.PACKET_HOST);
      MemorySegment view = cursor.memory().asSlice(cursor.offset(), cursor.capturedLength());
      assertThat(view.get(JAVA_BYTE, 0)).isEqualTo((byte) 2);
      ring.close();
      ring.close();
      assertThat(ring.isMapped()).isFalse();
      assertThatThrownBy(() -> view.get(JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(cursor::wireLength).isInstanceOf(IllegalStateException.class);
      assertThat(ring.statistics().packets()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void closesUnderAReaderWithoutHarm() throws Exception {
    try (TestNetwork network = veth()) {
      for (int round = 0; round < 20; round++) {
        PacketRing ring = network.namespace().call(() -> PacketRing.open(SMALL));
        send(network, 0, 5, 100);
        awaitFrame(ring, ring.takeOver(), RingCursor.PACKET_HOST);
        CountDownLatch reading = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> touchUntilClosed(ring.memory(), reading));
        reading.await();
        ring.close();
        reader.join();
        assertThat(ring.isMapped()).isFalse();
      }
    }
  }

  @Test
  void refusesASizeThatTheKernelCannotMap() {
    assertThatThrownBy(() -> RingSpec.everything(1000, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("power of two");
    assertThatThrownBy(() -> RingSpec.everything(1 << 24, 1 << 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void compete(PacketRing ring, List<Integer> seen, int until) {
    while (true) {
      RingCursor cursor = ring.takeOver();
      try {
        for (int i = 0; i < 50 && cursor.next(); i++) {
          // The ring may be taken over between next() and here. It is too large to be used up in
          // this test, so the packet still is what it was.
          if (cursor.protocol() == PROTOCOL && cursor.packetType() != RingCursor.PACKET_OUTGOING) {
            int number = cursor.memory().get(JAVA_INT_UNALIGNED, cursor.offset() + 20);
            synchronized (seen) {
              seen.add(number);
            }
          }
        }
      } catch (CursorRevokedException e) {
        Thread.onSpinWait();
      }
      synchronized (seen) {
        if (seen.size() >= until) {
          return;
        }
      }
      await(ring);
    }
  }

  private static void touchUntilClosed(MemorySegment memory, CountDownLatch reading) {
    long sum = 0;
    try {
      while (true) {
        for (long at = 0; at < memory.byteSize(); at += 64) {
          sum += memory.get(JAVA_BYTE, at);
        }
        reading.countDown();
      }
    } catch (IllegalStateException e) {
      assertThat(sum).isGreaterThanOrEqualTo(Long.MIN_VALUE);
    }
  }

  private static void read(PacketRing ring, RingCursor cursor, List<Integer> seen, int until) {
    while (seen.size() < until) {
      if (!cursor.next()) {
        await(ring);
      } else if (cursor.protocol() == PROTOCOL
          && cursor.packetType() != RingCursor.PACKET_OUTGOING) {
        seen.add(cursor.memory().get(JAVA_INT_UNALIGNED, cursor.offset() + 20));
      }
    }
  }

  private static void await(PacketRing ring) {
    if (Thread.currentThread().isInterrupted()) {
      throw new AssertionError("waited too long; " + ring.statistics());
    }
    ring.fd().poll(Fd.POLLIN, 10);
  }

  private static RingCursor awaitFrame(PacketRing ring, RingCursor cursor, int packetType) {
    while (true) {
      if (!cursor.next()) {
        await(ring);
      } else if (cursor.protocol() == PROTOCOL && cursor.packetType() == packetType) {
        return cursor;
      }
    }
  }

  private static TestNetwork veth() {
    TestNetwork network = TestNetwork.create();
    network.run(
        "ip",
        "link",
        "add",
        "left",
        "type",
        "veth",
        "peer",
        "name",
        "right",
        "address",
        "02:00:00:00:00:02");
    // The end that is set up last can send at once; the other only after the kernel has noticed.
    network.run("ip", "link", "set", "right", "up");
    network.run("ip", "link", "set", "left", "up");
    return network;
  }

  private interface Patch {
    void apply(MemorySegment frame);
  }

  private static void send(TestNetwork network, int first, int count, int size) {
    network.namespace().call(() -> transmit(frame -> {}, first, count, size));
  }

  /** Sends numbered frames out of "left"; they come in at "right". */
  private static int transmit(Patch patch, int first, int count, int size) {
    try (NativeSocket socket = NativeSocket.open(NativeSocket.AF_PACKET, NativeSocket.SOCK_RAW, 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(20, 4);
      address.set(JAVA_SHORT_UNALIGNED, 0, (short) NativeSocket.AF_PACKET);
      address.set(JAVA_INT_UNALIGNED, 4, Interfaces.index("left"));
      MemorySegment frame = arena.allocate(size, 8);
      frame.set(JAVA_BYTE, 0, (byte) 2);
      frame.set(JAVA_BYTE, 5, (byte) 2);
      frame.set(JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 12, (short) PROTOCOL);
      patch.apply(frame);
      for (int i = 0; i < count; i++) {
        frame.set(JAVA_INT_UNALIGNED, 20, first + i);
        assertThat(socket.sendTo(frame, size, 0, address)).isEqualTo(size);
      }
      return count;
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
