/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Packets.ipv4;
import static io.sallyport.dataplane.internal.Packets.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.LinkType;
import io.sallyport.api.dpi.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReassemblyTest {
  private static final int SYN = Packet.SYN;
  private static final int ACK = Packet.ACK;
  private static final int FIN = Packet.FIN;
  private static final int RST = Packet.RST;

  private record Piece(int from, int to) {}

  private static void send(Road road, int initial, byte[] stream, Piece piece) {
    road.ip(
        ipv4(
            "10.0.0.1",
            "10.0.0.2",
            6,
            tcp(
                40000,
                80,
                initial + piece.from(),
                1,
                ACK,
                Arrays.copyOfRange(stream, piece.from(), piece.to()))));
  }

  /** However it is cut, mixed up, repeated and overlapped, the stream comes out as it went in. */
  @Test
  void givesTheSameStreamForAnySegmentation() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      byte[] stream = new byte[1 + random.nextInt(40_000)];
      random.nextBytes(stream);
      List<Piece> pieces = new ArrayList<>();
      int at = 0;
      while (at < stream.length) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(3000));
        pieces.add(new Piece(at, to));
        if (random.nextInt(4) == 0) {
          int from = random.nextInt(to);
          pieces.add(new Piece(from, from + 1 + random.nextInt(to - from)));
        }
        at = to;
      }
      // Mixed up within a window of eight.
      for (int i = 0; i < pieces.size(); i++) {
        Collections.swap(pieces, i, Math.min(pieces.size() - 1, i + random.nextInt(8)));
      }
      Road road = Road.file();
      // Close to where sequence numbers wrap.
      int initial = -random.nextInt(30_000);
      road.tcp(true, initial - 1, 0, SYN, "");
      for (Piece piece : pieces) {
        send(road, initial, stream, piece);
      }
      road.finish();
      assertThat(road.engine.streams.getFirst().of(Direction.TO_SERVER)).isEqualTo(stream);
      assertThat(road.counters.get(Counter.TCP_GAPS)).isZero();
    }
  }

  @Test
  void declaresAGapOnceTheReceiverHasWhatIsMissing() {
    Road road = Road.live();
    road.tcp(true, 99, 0, SYN, "");
    road.tcp(false, 499, 100, SYN | ACK, "");
    road.tcp(true, 100, 500, ACK, "GET ");
    road.tcp(true, 110, 500, ACK, "rest");
    assertThat(road.said(Direction.TO_SERVER)).isEqualTo("GET ");
    for (int i = 0; i < 8; i++) {
      road.tcp(false, 500 + i, 114, ACK, "x");
    }
    assertThat(road.said(Direction.TO_SERVER)).isEqualTo("GET rest");
    assertThat(road.engine.streams.getFirst().events).contains("TO_SERVER gap 6");
  }

  @Test
  void declaresAGapForWhatTheCaptureCut() {
    Road road = Road.live();
    road.tcp(true, 99, 0, SYN, "");
    byte[] cut =
        ipv4("10.0.0.1", "10.0.0.2", 6, tcp(40000, 80, 100, 1, ACK, Packets.text("0123456789")));
    road.packet(LinkType.RAW, cut, cut.length - 4, cut.length);
    road.tcp(true, 110, 1, ACK, "next");
    assertThat(road.engine.streams.getFirst().events)
        .containsExactly("TO_SERVER 6", "TO_SERVER gap 4", "TO_SERVER 4");
  }

  @Test
  void boundsWhatWaitsForAHole() {
    Road road = Road.live();
    road.tcp(true, 99, 0, SYN, "");
    road.tcp(true, 100, 0, ACK, "a");
    for (int i = 0; i <= Reassembler.MAX_BLOCKS; i++) {
      road.tcp(true, 200 + i, 0, ACK, "b");
    }
    assertThat(road.counters.get(Counter.TCP_BUFFERS_FULL)).isEqualTo(1);
    assertThat(road.counters.get(Counter.TCP_GAP_BYTES)).isEqualTo(99);
    assertThat(road.said(Direction.TO_SERVER))
        .isEqualTo("a" + "b".repeat(Reassembler.MAX_BLOCKS + 1));
  }

  @Test
  void handsOnWhatWaitsWhenTheConnectionEnds() {
    Road road = Road.live();
    road.tcp(true, 99, 0, SYN, "");
    road.tcp(true, 100, 0, ACK, "a");
    road.tcp(true, 103, 0, ACK, "d");
    road.tcp(true, 110, 0, ACK | FIN, "");
    road.finish();
    assertThat(road.engine.streams.getFirst().events)
        .containsExactly("TO_SERVER 1", "TO_SERVER gap 2", "TO_SERVER 1", "TO_SERVER gap 6");
    assertThat(road.engine.streams.getFirst().ended).isTrue();
  }

  @Test
  void takesASegmentFarOutsideForNothing() {
    Road road = Road.live();
    road.tcp(true, 99, 0, SYN, "");
    road.tcp(true, 100, 0, ACK, "a");
    road.tcp(true, 100 + (1 << 30), 0, ACK, "forged");
    road.tcp(true, 101, 0, ACK, "b");
    assertThat(road.counters.get(Counter.TCP_OUT_OF_WINDOW)).isEqualTo(1);
    assertThat(road.said(Direction.TO_SERVER)).isEqualTo("ab");
  }

  @Test
  void onlyCountsOnceNothingMoreIsWanted() {
    Road road = Road.live();
    road.engine.wanted = 1;
    road.tcp(true, 99, 0, SYN, "");
    road.tcp(true, 100, 0, ACK, "a");
    road.tcp(true, 101, 0, ACK, "b");
    road.tcp(false, 1, 102, RST, "reason");
    assertThat(road.engine.streams.getFirst().events).containsExactly("TO_SERVER 1");
    assertThat(road.finish().getFirst().packets()).isEqualTo(4);
  }
}
