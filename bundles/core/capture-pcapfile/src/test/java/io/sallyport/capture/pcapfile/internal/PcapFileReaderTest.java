/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PcapFileReaderTest {
  private static final long SECONDS = 1_700_000_000L;

  @TempDir Path folder;

  private record Seen(String text, int wire, int link, long nanos) {}

  /** What was read, and what was said about the file. */
  private record Result(List<Seen> packets, String problem) {}

  private static ByteBuffer buffer(ByteOrder order) {
    return ByteBuffer.allocate(4096).order(order);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ByteBuffer pcap(
      int magic, ByteOrder order, int fraction, int extra, String... data) {
    ByteBuffer file = buffer(order);
    file.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65535).putInt(113);
    if (magic == 0x1c0001ac) {
      file.putInt(0);
    }
    for (String text : data) {
      file.putInt((int) SECONDS).putInt(fraction).putInt(text.length()).putInt(text.length() + 5);
      file.put(new byte[extra]).put(ascii(text));
    }
    return file;
  }

  private static void block(ByteBuffer file, int type, byte[] body) {
    int padded = body.length + 3 & ~3;
    file.putInt(type).putInt(12 + padded).put(body).put(new byte[padded - body.length]);
    file.putInt(12 + padded);
  }

  private static byte[] body(ByteOrder order, Object... parts) {
    ByteBuffer body = buffer(order);
    for (Object part : parts) {
      switch (part) {
        case Integer i -> body.putInt(i);
        case Short s -> body.putShort(s);
        case Long l -> body.putLong(l);
        case Byte b -> body.put(b);
        case String text -> body.put(ascii(text));
        default -> throw new IllegalArgumentException(part.toString());
      }
    }
    byte[] result = new byte[body.position()];
    body.flip().get(result);
    return result;
  }

  private static void section(ByteBuffer file, ByteOrder order) {
    block(file, 0x0a0d0d0a, body(order, 0x1a2b3c4d, (short) 1, (short) 0, -1L));
  }

  private Path write(ByteBuffer content) throws IOException {
    byte[] bytes = new byte[content.position()];
    content.flip().get(bytes);
    return write(bytes);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static Result read(Path file) {
    List<Seen> seen = new ArrayList<>();
    PcapFileReader reader = new PcapFileReader();
    assertThat(reader.reads(file)).isTrue();
    try (Capture capture = reader.open(file)) {
      int count = 0;
      while (count >= 0) {
        count =
            capture.poll(
                (memory, offset, captured, wire, link, nanos) ->
                    seen.add(
                        new Seen(
                            new String(
                                memory.asSlice(offset, captured).toArray(JAVA_BYTE),
                                StandardCharsets.US_ASCII),
                            wire,
                            link,
                            nanos)),
                2);
      }
      assertThat(capture.statistics().packets()).isEqualTo(seen.size());
      return new Result(seen, capture.problem());
    }
  }

  static Stream<Arguments> variants() {
    return Stream.of(BIG_ENDIAN, LITTLE_ENDIAN)
        .flatMap(
            order ->
                Stream.of(
                    Arguments.of(0xa1b2c3d4, order, 0, 1000),
                    Arguments.of(0xa1b23c4d, order, 0, 1),
                    Arguments.of(0xa1b2cd34, order, 8, 1000),
                    Arguments.of(0x1c0001ac, order, 0, 1)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void readsAllVariantsOfTheClassicFormat(int magic, ByteOrder order, int extra, int unit)
      throws IOException {
    Result result = read(write(pcap(magic, order, 42, extra, "one", "", "three")));
    long nanos = SECONDS * 1_000_000_000L + 42L * unit;
    assertThat(result.packets())
        .containsExactly(
            new Seen("one", 8, 113, nanos),
            new Seen("", 5, 113, nanos),
            new Seen("three", 10, 113, nanos));
    assertThat(result.problem()).isEmpty();
  }

  @Test
  void readsPcapngOfBothOrdersAndAllPacketBlocks() throws IOException {
    ByteBuffer file = buffer(BIG_ENDIAN);
    for (ByteOrder order : List.of(BIG_ENDIAN, LITTLE_ENDIAN)) {
      file.order(order);
      section(file, order);
      block(file, 1, body(order, (short) 1, (short) 0, 0));
      // Nanoseconds, and a clock that is an hour behind.
      block(
          file,
          1,
          body(
              order,
              (short) 276,
              (short) 0,
              0,
              (short) 9,
              (short) 1,
              (byte) 9,
              (byte) 0,
              (short) 0,
              (short) 14,
              (short) 8,
              3600L,
              (short) 0,
              (short) 0));
      long micros = SECONDS * 1_000_000L + 7;
      long nanos = SECONDS * 1_000_000_000L + 9;
      block(file, 6, body(order, 0, (int) (micros >>> 32), (int) micros, 3, 99, "one"));
      block(file, 4711, body(order, 1, 2, 3));
      block(
          file,
          2,
          body(order, (short) 1, (short) 0, (int) (nanos >>> 32), (int) nanos, 4, 4, "four"));
      block(file, 3, body(order, 6, "simple"));
    }
    Result result = read(write(file));
    assertThat(result.packets()).hasSize(6);
    assertThat(result.packets().subList(0, 3)).isEqualTo(result.packets().subList(3, 6));
    Seen first = result.packets().getFirst();
    assertThat(first).isEqualTo(new Seen("one", 99, 1, SECONDS * 1_000_000_000L + 7_000));
    assertThat(result.packets().get(2).text()).isEqualTo("simple");
    assertThat(result.problem()).isEmpty();
  }

  @Test
  void countsTimeInWhateverUnitsAFileHas() {
    assertThat(TimeUnits.of((byte) 6).nanos(5_000_001)).isEqualTo(5_000_001_000L);
    assertThat(TimeUnits.of((byte) 0).nanos(5)).isEqualTo(5_000_000_000L);
    assertThat(TimeUnits.of((byte) 12).nanos(5_000_000_000_123L)).isEqualTo(5_000_000_000L);
    assertThat(TimeUnits.of((byte) 0x8a).nanos(1536)).isEqualTo(1_500_000_000L);
    assertThat(TimeUnits.of((byte) 0xbf).nanos(1L << 62)).isEqualTo(500_000_000L);
    assertThat(TimeUnits.of((byte) 0x7f).nanos(-1)).isEqualTo(18_446_744_073L);
  }

  @Test
  void reportsWhatStandsBeforeACut() throws IOException {
    ByteBuffer whole = pcap(0xa1b2c3d4, LITTLE_ENDIAN, 0, 0, "one", "two");
    byte[] bytes = new byte[whole.position()];
    whole.flip().get(bytes);
    for (int length = 24; length < bytes.length; length++) {
      Result result = read(write(java.util.Arrays.copyOf(bytes, length)));
      assertThat(result.packets()).hasSize(length < 24 + 19 ? 0 : 1);
      if (length != 24 && length != 24 + 19) {
        assertThat(result.problem()).contains("cut short");
      }
    }
  }

  @Test
  void refusesAPacketOfImpossibleLength() throws IOException {
    ByteBuffer file = pcap(0xa1b2c3d4, LITTLE_ENDIAN, 0, 0, "one");
    file.putInt(0).putInt(0).putInt(-7).putInt(9).put(new byte[100]);
    Result result = read(write(file));
    assertThat(result.packets()).hasSize(1);
    assertThat(result.problem()).contains("damaged").contains("byte 43");
  }

  @Test
  void refusesBlocksThatLie() throws IOException {
    ByteBuffer file = buffer(LITTLE_ENDIAN);
    section(file, LITTLE_ENDIAN);
    block(file, 6, body(LITTLE_ENDIAN, 5, 0, 0, 3, 3, "one"));
    assertThat(read(write(file)).problem()).contains("impossible interface");
    file.clear();
    section(file, LITTLE_ENDIAN);
    file.putInt(6).putInt(1 << 30).putLong(0);
    assertThat(read(write(file)).problem()).contains("claims to have");
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    PcapFileReader reader = new PcapFileReader();
    assertThatThrownBy(() -> reader.reads(folder.resolve("absent")))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> reader.open(folder))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("is a directory");
    assertThat(reader.reads(write(ascii("not a capture at all")))).isFalse();
    assertThat(reader.reads(write(new byte[0]))).isFalse();
    Path cut = write(new byte[] {(byte) 0xa1, (byte) 0xb2, (byte) 0xc3, (byte) 0xd4, 0});
    assertThatThrownBy(() -> reader.open(cut))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("cut short");
  }

  /** Damaged in any way, a file gives packets and a reason, or only a reason. */
  @Test
  void saysThatAFileWasCutMeanwhile() throws IOException {
    ByteBuffer packet = pcap(0xa1b2c3d4, BIG_ENDIAN, 42, 0, "x".repeat(1000));
    byte[] file = new byte[packet.position() + 1000 * (packet.position() - 24)];
    packet.flip().get(file, 0, packet.limit());
    for (int at = packet.limit(); at < file.length; at += packet.limit() - 24) {
      System.arraycopy(file, 24, file, at, packet.limit() - 24);
    }
    Path path = write(file);
    try (Capture capture = new PcapFileReader().open(path)) {
      assertThat(capture.poll((memory, offset, captured, wire, link, nanos) -> {}, 10))
          .isEqualTo(10);
      Files.write(path, new byte[0]);
      assertThatThrownBy(
              () -> capture.poll((memory, offset, captured, wire, link, nanos) -> {}, 10_000))
          .isInstanceOf(CaptureException.class)
          .hasMessageContaining("has become shorter");
    }
  }

  @Test
  void survivesAnyDamage() throws IOException {
    Random random = new Random(6);
    ByteBuffer file = buffer(LITTLE_ENDIAN);
    section(file, LITTLE_ENDIAN);
    block(file, 1, body(LITTLE_ENDIAN, (short) 1, (short) 0, 0, (short) 9, (short) 1, 9));
    for (int i = 0; i < 20; i++) {
      block(file, 6, body(LITTLE_ENDIAN, 0, 0, 0, 6, 6, "packet"));
    }
    byte[] bytes = new byte[file.position()];
    file.flip().get(bytes);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 8; i++) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
      }
      Result result = read(write(damaged));
      assertThat(result.packets().size()).isLessThanOrEqualTo(40);
    }
  }
}
