/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.TestNetwork;
import io.sallyport.kernel.net.NativeSocket;
import io.sallyport.kernel.packet.PacketRing;
import io.sallyport.kernel.packet.RingCursor;
import io.sallyport.kernel.packet.RingSpec;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BpfTest {
  private static byte[] file = new byte[0];

  @BeforeAll
  static void compile(@TempDir Path folder) throws Exception {
    TestNetwork.assumeRoot();
    try {
      Libbpf.require();
    } catch (BpfUnavailableException e) {
      assumeTrue(false, e.getMessage());
    }
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/clang")) && Files.exists(Path.of("/usr/include/bpf")),
        "needs clang and libbpf-dev to compile a BPF program");
    Path source = folder.resolve("filter.bpf.c");
    try (InputStream text = requireNonNull(BpfTest.class.getResourceAsStream("filter.bpf.c"))) {
      Files.copy(text, source);
    }
    Path object = folder.resolve("filter.bpf.o");
    String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    TestNetwork.execute(
        "clang",
        "-O2",
        "-g",
        "-target",
        "bpf",
        "-I/usr/include/" + machine + "-linux-gnu",
        "-c",
        source.toString(),
        "-o",
        object.toString());
    file = Files.readAllBytes(object);
  }

  @Test
  void loadsASocketFilterWithConstantsMapsAndEvents() throws Exception {
    try (BpfObject object = BpfObject.open("filter", file)) {
      assertThat(object.programs()).containsExactly("cut", "broken", "enter");
      object.without("broken").size("lengths", 16);
      assertThat(object.section(".rodata").byteSize()).isEqualTo(8);
      object.section(".rodata").set(JAVA_INT, 0, 10);
      object.load();
      BpfMap lengths = object.map("lengths");
      assertThat(lengths.capacity()).isEqualTo(16);
      assertThat(lengths.keySize()).isEqualTo(4);
      assertThat(lengths.valueSize()).isEqualTo(8);

      try (TestNetwork network = TestNetwork.create();
          Pair pair = network.namespace().call(Pair::open);
          Fd program = object.program("cut")) {
        pair.receiver().filter(program);
        for (int size : new int[] {10, 20, 20}) {
          pair.send(size);
        }
        // The filter counts the UDP header too.
        assertThat(pair.receiver().receive(pair.buffer(), 0)).isEqualTo(2);
      }
      assertThat(entries(lengths)).isEqualTo(Map.of(18, 1L, 28, 2L));
      assertThat(total(object.map("counts"))).isEqualTo(3);
      List<Integer> events = new ArrayList<>();
      try (BpfRingBuffer ring =
          BpfRingBuffer.open(object.map("events"), e -> events.add(e.get(JAVA_INT, 0)))) {
        assertThat(ring.poll(0)).isEqualTo(3);
        assertThat(ring.consume()).isZero();
        assertThat(ring.fd()).isPositive();
      }
      assertThat(events).containsExactly(18, 28, 28);
    }
  }

  @Test
  void filtersARingAndLivesOnWithIt() {
    try (TestNetwork network = TestNetwork.create();
        PacketRing ring = network.namespace().call(BpfTest::filteredRing);
        Pair pair = network.namespace().call(Pair::open)) {
      pair.send(20);
      RingCursor cursor = ring.takeOver();
      while (!cursor.next()) {
        assertThat(ring.fd().poll(Fd.POLLIN, 10_000)).as("a packet within 10 s").isPositive();
      }
      assertThat(cursor.capturedLength()).isEqualTo(10);
      assertThat(cursor.wireLength()).isEqualTo(14 + 20 + 8 + 20);
    }
  }

  /** The object and its descriptors are closed again; the socket holds the program. */
  private static PacketRing filteredRing() {
    try (BpfObject object = BpfObject.open("filter", file).without("broken")) {
      object.section(".rodata").set(JAVA_INT, 0, 10);
      try (Fd program = object.load().program("cut")) {
        return PacketRing.open(RingSpec.everything(1 << 14, 4).retiring(1).through(program));
      }
    }
  }

  @Test
  void aSectionThatIsUsedLateThrows() {
    BpfObject object = BpfObject.open("filter", file);
    MemorySegment section = object.section(".rodata");
    object.close();
    object.close();
    assertThatThrownBy(() -> section.get(JAVA_INT, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(object::load).hasMessage("BPF object filter is closed");
  }

  @Test
  void aHandlerThatThrowsLosesNoOtherRecord() {
    try (BpfObject object = BpfObject.open("filter", file).without("broken").load();
        TestNetwork network = TestNetwork.create();
        Pair pair = network.namespace().call(Pair::open);
        Fd program = object.program("cut")) {
      pair.receiver().filter(program);
      pair.send(1);
      pair.send(2);
      List<Integer> events = new ArrayList<>();
      try (BpfRingBuffer ring =
          BpfRingBuffer.open(
              object.map("events"),
              e -> {
                events.add(e.get(JAVA_INT, 0));
                if (events.size() == 1) {
                  throw new IllegalArgumentException("refused");
                }
              })) {
        assertThatThrownBy(ring::consume).isInstanceOf(IllegalArgumentException.class);
        ring.consume();
        assertThat(events).containsExactly(9, 10);
      }
    }
  }

  @Test
  void readsWritesAndDeletesEntries() {
    try (BpfObject object = BpfObject.open("filter", file).without("broken").load();
        Arena arena = Arena.ofConfined()) {
      BpfMap map = object.map("lengths");
      MemorySegment key = arena.allocate(JAVA_INT);
      MemorySegment value = arena.allocate(JAVA_LONG);
      for (int i = 0; i < 4; i++) {
        key.set(JAVA_INT, 0, i);
        value.set(JAVA_LONG, 0, 100 + i);
        assertThat(map.update(key, value, BpfMap.BPF_NOEXIST)).isZero();
      }
      key.set(JAVA_INT, 0, 4);
      assertThat(Errno.of(map.update(key, value, BpfMap.BPF_ANY))).isEqualTo(Errno.E2BIG);
      assertThat(map.lookup(key, value)).isFalse();
      key.set(JAVA_INT, 0, 2);
      assertThat(map.lookup(key, value)).isTrue();
      assertThat(value.get(JAVA_LONG, 0)).isEqualTo(102);
      assertThat(map.delete(key)).isTrue();
      assertThat(map.delete(key)).isFalse();
      MemorySegment next = arena.allocate(JAVA_INT);
      int keys = 0;
      boolean more = map.nextKey(MemorySegment.NULL, next);
      while (more) {
        keys++;
        more = map.nextKey(key.copyFrom(next), next);
      }
      assertThat(keys).isEqualTo(3);
    }
  }

  @Test
  void sharesAMapBetweenObjects() {
    try (BpfObject first = BpfObject.open("first", file).without("broken").load();
        BpfObject second = BpfObject.open("second", file).without("broken");
        Fd shared = first.map("lengths").share();
        Arena arena = Arena.ofConfined()) {
      second.reuse("lengths", shared).load();
      MemorySegment key = arena.allocateFrom(JAVA_INT, 9);
      MemorySegment value = arena.allocateFrom(JAVA_LONG, 99);
      assertThat(first.map("lengths").update(key, value, BpfMap.BPF_ANY)).isZero();
      assertThat(second.map("lengths").lookup(key, value)).isTrue();
    }
  }

  @Test
  void attachesATracepoint() {
    try (BpfObject object = BpfObject.open("filter", file).without("broken").load()) {
      BpfLink link = object.attach("enter");
      link.close();
      link.close();
    }
  }

  @Test
  void saysWhatTheVerifierRefused() {
    try (BpfObject object = BpfObject.open("filter", file)) {
      assertThatThrownBy(object::load)
          .isInstanceOfSatisfying(
              BpfException.class,
              e -> {
                assertThat(e.errno()).isEqualTo(Errno.EACCES);
                assertThat(e.log()).contains("invalid mem access");
              })
          .hasMessageStartingWith("load BPF object of filter: Permission denied (EACCES): ");
    }
  }

  @Test
  void saysWhatIsMissing() {
    assertThatThrownBy(
            () -> BpfObject.open("text", "no ELF".getBytes(StandardCharsets.US_ASCII)).close())
        .isInstanceOf(BpfException.class)
        .hasMessageStartingWith("open BPF object text: ");
    try (BpfObject object = BpfObject.open("filter", file)) {
      assertThatThrownBy(() -> object.map("nowhere"))
          .hasMessage(
              "map nowhere: No such file or directory (ENOENT): BPF object filter has none");
      assertThatThrownBy(() -> object.map("lengths")).hasMessageContaining("it is not loaded");
      assertThatThrownBy(() -> object.program("cut")).hasMessageContaining("it is not loaded");
    }
    assertThatThrownBy(() -> BpfMap.openPinned(Path.of("/sys/fs/bpf/none-such")))
        .isInstanceOf(BpfException.class);
  }

  private static Map<Integer, Long> entries(BpfMap map) {
    Map<Integer, Long> entries = new HashMap<>();
    BpfMapReader reader = map.reader(8);
    for (int count = reader.next(); count > 0; count = reader.next()) {
      for (int i = 0; i < count; i++) {
        entries.put(
            reader.keys().getAtIndex(JAVA_INT, i), reader.values().getAtIndex(JAVA_LONG, i));
      }
    }
    assertThat(reader.next()).isZero();
    reader.rewind();
    assertThat(reader.next()).isEqualTo(entries.size());
    return entries;
  }

  private static int total(BpfMap perCpu) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(perCpu.valueSize(), 8);
      assertThat(perCpu.lookup(arena.allocateFrom(JAVA_INT, 0), value)).isTrue();
      int total = 0;
      for (long at = 0; at < value.byteSize(); at += 8) {
        total += value.get(JAVA_INT, at);
      }
      return total;
    }
  }

  /** Two UDP sockets on the loopback address of this thread's namespace. */
  private record Pair(NativeSocket receiver, NativeSocket sender, MemorySegment buffer)
      implements AutoCloseable {
    static Pair open() {
      NativeSocket receiver = NativeSocket.open(NativeSocket.AF_INET, NativeSocket.SOCK_DGRAM, 0);
      NativeSocket sender = NativeSocket.open(NativeSocket.AF_INET, NativeSocket.SOCK_DGRAM, 0);
      receiver.bind(address());
      return new Pair(receiver, sender, Arena.ofAuto().allocate(64));
    }

    void send(int size) {
      assertThat(sender.sendTo(buffer, size, 0, address())).isEqualTo(size);
    }

    private static MemorySegment address() {
      MemorySegment address = Arena.ofAuto().allocate(16, 4); // struct sockaddr_in
      address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_INET);
      address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) 4000);
      address.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, 0x7f000001);
      return address;
    }

    @Override
    public void close() {
      receiver.close();
      sender.close();
    }
  }
}
