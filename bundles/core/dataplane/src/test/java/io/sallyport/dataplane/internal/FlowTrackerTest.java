/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Packets.ipv4;
import static io.sallyport.dataplane.internal.Packets.tcp;
import static io.sallyport.dataplane.internal.Packets.text;
import static io.sallyport.dataplane.internal.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowTrackerTest {
  private static final int SYN = Packet.SYN;
  private static final int ACK = Packet.ACK;
  private static final int FIN = Packet.FIN;
  private static final int RST = Packet.RST;

  private static byte[] datagram(int from, int to, String text) {
    return ipv4("10.0.0.1", "10.0.0.2", 17, udp(from, to, text(text)));
  }

  private static void handshake(Road road, int initial) {
    road.tcp(true, initial, 0, SYN, "");
    road.tcp(false, 499, initial + 1, SYN | ACK, "");
    road.tcp(true, initial + 1, 500, ACK, "");
  }

  @Test
  void keepsToItsBoundAndGivesUpTheStalest() {
    Road road = new Road(new RecordingEngine(), new FlowLimits(100, 1, 1 << 20, true));
    for (int port = 1; port <= 100; port++) {
      road.ip(datagram(10_000 + port, 53, "a"));
      road.pass(1);
    }
    // The oldest speaks again, so that it is no longer the stalest.
    road.ip(datagram(10_001, 53, "b"));
    road.ip(datagram(20_000, 53, "c"));
    assertThat(road.counters.get(Counter.FLOWS_EVICTED)).isEqualTo(1);
    assertThat(road.ended().getFirst().client().port()).isEqualTo(10_002);
    for (int port = 1; port <= 5000; port++) {
      road.ip(datagram(30_000 + port, 53, "d"));
    }
    assertThat(road.finish()).hasSize(5101);
    assertThat(road.counters.get(Counter.FLOWS)).isEqualTo(5101);
  }

  @ParameterizedTest
  @CsvSource({"SYN, 20", "OPEN, 1200", "HALF_CLOSED, 90", "CLOSED, 15", "RESET, 60"})
  void endsSilentConnections(String how, long seconds) {
    Road road = Road.live();
    switch (how) {
      case "SYN" -> road.tcp(true, 1, 0, SYN, "");
      case "OPEN" -> handshake(road, 1);
      case "HALF_CLOSED" -> {
        handshake(road, 1);
        road.tcp(true, 2, 500, FIN | ACK, "");
      }
      case "CLOSED" -> {
        handshake(road, 1);
        road.tcp(true, 2, 500, FIN | ACK, "");
        road.tcp(false, 500, 3, FIN | ACK, "");
      }
      default -> {
        handshake(road, 1);
        road.tcp(false, 500, 2, RST, "");
      }
    }
    road.pass(seconds * Road.SECOND - 1);
    assertThat(road.ended()).isEmpty();
    road.pass(Road.SECOND);
    assertThat(road.ended()).hasSize(1);
    assertThat(road.counters.get(Counter.FLOWS_TIMED_OUT)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"17, 30", "1, 5", "89, 15"})
  void endsOtherSilentFlows(int protocol, long seconds) {
    Road road = Road.live();
    road.ip(ipv4("10.0.0.1", "10.0.0.2", protocol, new byte[32]));
    road.pass(seconds * Road.SECOND - 1);
    // Whoever speaks in time starts anew.
    road.ip(ipv4("10.0.0.1", "10.0.0.2", protocol, new byte[32]));
    road.pass(seconds * Road.SECOND - 1);
    assertThat(road.ended()).isEmpty();
    road.pass(Road.SECOND);
    assertThat(road.ended()).hasSize(1);
  }

  @Test
  void beginsAnewWhenPortsAreReused() {
    Road road = Road.live();
    handshake(road, 1);
    road.tcp(true, 2, 500, FIN | ACK, "");
    road.tcp(false, 500, 3, FIN | ACK, "");
    handshake(road, 1_000_000);
    assertThat(road.counters.get(Counter.FLOWS_PORT_REUSED)).isEqualTo(1);
    assertThat(road.finish()).hasSize(2);
  }

  @Test
  void beginsAnewWhenTheEndWasNotSeen() {
    Road road = Road.live();
    handshake(road, 1);
    road.tcp(true, 2, 500, ACK, "first");
    road.tcp(true, 1_000_000, 0, SYN, "");
    road.tcp(false, 7000, 1_000_001, SYN | ACK, "");
    road.tcp(true, 1_000_001, 7001, ACK, "second");
    assertThat(road.finish()).hasSize(2);
    assertThat(road.engine.streams).hasSize(2);
  }

  @Test
  void aForgedSynEndsNothing() {
    Road road = Road.live();
    handshake(road, 1);
    road.tcp(true, 2, 500, ACK, "first");
    road.tcp(true, 1_000_000, 0, SYN, "");
    road.tcp(false, 500, 7, ACK, "");
    road.tcp(true, 7, 500, ACK, "more");
    // The connection's own SYN, repeated late.
    road.tcp(true, 1, 0, SYN, "");
    road.tcp(true, 2, 500, ACK, "first");
    assertThat(road.finish()).hasSize(1);
    assertThat(road.said(io.sallyport.api.dpi.Direction.TO_SERVER)).isEqualTo("firstmore");
  }

  @Test
  void tellsClientFromServer() {
    Road road = Road.live();
    // SYN+ACK first: its sender is the server, whatever the ports.
    road.ip(ipv4("10.1.0.1", "10.1.0.2", 6, tcp(40000, 22, 1, 1, SYN | ACK, new byte[0])));
    // In the middle: the known service, then the lower port.
    road.ip(ipv4("10.2.0.1", "10.2.0.2", 6, tcp(5432, 2000, 1, 1, ACK, new byte[1])));
    road.ip(ipv4("10.3.0.1", "10.3.0.2", 6, tcp(45000, 47000, 1, 1, ACK, new byte[1])));
    // A datagram: who speaks first, unless it is an answer.
    road.ip(ipv4("10.4.0.1", "10.4.0.2", 17, udp(53, 40000, new byte[1])));
    road.ip(ipv4("10.5.0.1", "10.5.0.2", 17, udp(40000, 41000, new byte[1])));
    assertThat(road.finish())
        .extracting(flow -> flow.server().toString(), FlowRecord::midStream)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("10.1.0.1:40000", false),
            org.assertj.core.api.Assertions.tuple("10.2.0.1:5432", true),
            org.assertj.core.api.Assertions.tuple("10.3.0.1:45000", true),
            org.assertj.core.api.Assertions.tuple("10.4.0.1:53", false),
            org.assertj.core.api.Assertions.tuple("10.5.0.2:41000", false));
  }

  @Test
  void reportsWhatIsNewWhatMovedAndWhatEnded() {
    Road road = Road.live();
    road.ip(datagram(1000, 53, "a"));
    assertThat(road.reports).extracting(FlowRecord::state).containsExactly(FlowState.OPENING);
    road.ip(datagram(1000, 53, "b"));
    road.ip(datagram(1000, 53, "c"));
    assertThat(road.reports).hasSize(1);
    road.pass(600);
    assertThat(road.reports).hasSize(2);
    assertThat(road.reports.getLast().packets()).isEqualTo(3);
    road.pass(600);
    assertThat(road.reports).hasSize(2);
    road.pass(60 * Road.SECOND);
    assertThat(road.reports.getLast().state()).isEqualTo(FlowState.CLOSED);
  }

  @Test
  void timeNeverGoesBack() {
    Road road = Road.file();
    road.ip(datagram(1000, 53, "a"));
    road.now -= 3_000_000_000L;
    road.ip(datagram(1000, 53, "b"));
    road.pass(1);
    assertThat(road.finish()).hasSize(1);
    assertThat(road.ended().getFirst().lastSeen())
        .isGreaterThanOrEqualTo(road.ended().getFirst().firstSeen());
  }
}
