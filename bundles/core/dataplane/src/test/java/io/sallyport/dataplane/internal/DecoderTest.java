/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Packets.bytes;
import static io.sallyport.dataplane.internal.Packets.ethernet;
import static io.sallyport.dataplane.internal.Packets.ipv4;
import static io.sallyport.dataplane.internal.Packets.ipv6;
import static io.sallyport.dataplane.internal.Packets.join;
import static io.sallyport.dataplane.internal.Packets.tcp;
import static io.sallyport.dataplane.internal.Packets.text;
import static io.sallyport.dataplane.internal.Packets.u16;
import static io.sallyport.dataplane.internal.Packets.udp;
import static io.sallyport.dataplane.internal.Packets.vlan;
import static io.sallyport.dataplane.internal.Packets.vxlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.LinkType;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.flow.FlowRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {
  private static final byte[] V4 = ipv4("10.0.0.1", "10.0.0.2", 17, udp(1000, 53, text("hello")));
  private static final byte[] V6 = ipv6("fd00::1", "fd00::2", 17, udp(1000, 53, text("hello")));

  static List<Arguments> carriers() {
    byte[] mpls = join(bytes(0, 0, 0x10, 64), bytes(0, 0, 0x21, 64));
    byte[] pppoe = join(bytes(0x11, 0, 0, 1), u16(V4.length + 2), u16(0x0021));
    return List.of(
        carrier("Ethernet", LinkType.ETHERNET, ethernet(0x0800, V4)),
        carrier("Ethernet, padded", LinkType.ETHERNET, join(ethernet(0x0800, V4), new byte[9])),
        carrier("VLAN", LinkType.ETHERNET, ethernet(0x8100, vlan(7, 0x0800, V4))),
        carrier("QinQ", LinkType.ETHERNET, ethernet(0x88a8, vlan(7, 0x8100, vlan(8, 0x86dd, V6)))),
        carrier("MPLS", LinkType.ETHERNET, ethernet(0x8847, join(mpls, V4))),
        carrier(
            "MPLS pseudowire",
            LinkType.ETHERNET,
            ethernet(0x8847, join(mpls, new byte[4], ethernet(0x0800, V4)))),
        carrier("PPPoE", LinkType.ETHERNET, ethernet(0x8864, join(pppoe, V4))),
        carrier(
            "LLC/SNAP",
            LinkType.ETHERNET,
            ethernet(100, join(bytes(0xaa, 0xaa, 3, 0, 0, 0, 8, 0), V4))),
        carrier("SLL", LinkType.LINUX_SLL, join(new byte[14], u16(0x0800), V4)),
        carrier("SLL2", LinkType.LINUX_SLL2, join(u16(0x86dd), new byte[18], V6)),
        carrier("raw", LinkType.RAW, V4),
        carrier("raw, BSD", LinkType.RAW_BSD, V6),
        carrier("IPv4", LinkType.IPV4, V4),
        carrier("IPv6", LinkType.IPV6, V6),
        carrier("null", LinkType.NULL, join(bytes(2, 0, 0, 0), V4)),
        carrier("null, IPv6", LinkType.NULL, join(bytes(30, 0, 0, 0), V6)),
        carrier("loop", LinkType.LOOP, join(bytes(0, 0, 0, 2), V4)),
        carrier("PPP", LinkType.PPP, join(bytes(0xff, 3, 0, 0x21), V4)),
        carrier("PPP, compressed", LinkType.PPP, join(bytes(0x57), V6)),
        carrier("PPP HDLC", LinkType.PPP_HDLC, join(bytes(0xff, 3, 0, 0x57), V6)),
        carrier("Cisco HDLC", LinkType.CHDLC, join(bytes(0x0f, 0, 8, 0), V4)));
  }

  static List<Arguments> tunnels() {
    byte[] gre = bytes(0, 0, 8, 0);
    byte[] greKeySequence = join(bytes(0x30, 0, 0x86, 0xdd), new byte[8]);
    byte[] pptp = join(bytes(0x30, 0x81, 0x88, 0x0b), new byte[12]);
    byte[] frame = ethernet(0x0800, V4);
    return List.of(
        carrier("4in4", LinkType.RAW, ipv4("1.1.1.1", "2.2.2.2", 4, V4)),
        carrier("6in4", LinkType.RAW, ipv4("1.1.1.1", "2.2.2.2", 41, V6)),
        carrier("4in6", LinkType.RAW, ipv6("fe80::1", "fe80::2", 4, V4)),
        carrier("6in6", LinkType.RAW, ipv6("fe80::1", "fe80::2", 41, V6)),
        carrier("GRE", LinkType.RAW, ipv4("1.1.1.1", "2.2.2.2", 47, join(gre, V4))),
        carrier(
            "GRE with key", LinkType.RAW, ipv4("1.1.1.1", "2.2.2.2", 47, join(greKeySequence, V6))),
        carrier(
            "GRE, bridged",
            LinkType.RAW,
            ipv4("1.1.1.1", "2.2.2.2", 47, join(bytes(0, 0, 0x65, 0x58), frame))),
        carrier(
            "PPTP",
            LinkType.RAW,
            ipv4("1.1.1.1", "2.2.2.2", 47, join(pptp, bytes(0xff, 3, 0, 0x21), V4))),
        carrier(
            "VXLAN", LinkType.RAW, ipv4("1.1.1.1", "2.2.2.2", 17, udp(5555, 4789, vxlan(frame)))),
        carrier(
            "VXLAN, Linux",
            LinkType.RAW,
            ipv6("fe80::1", "fe80::2", 17, udp(5555, 8472, vxlan(frame)))),
        carrier(
            "VXLAN in VXLAN",
            LinkType.RAW,
            ipv4(
                "1.1.1.1",
                "2.2.2.2",
                17,
                udp(
                    5555,
                    4789,
                    vxlan(
                        ethernet(
                            0x0800, ipv4("3.3.3.3", "4.4.4.4", 17, udp(1, 4789, vxlan(frame)))))))),
        carrier(
            "GTP",
            LinkType.RAW,
            ipv4(
                "1.1.1.1",
                "2.2.2.2",
                17,
                udp(2152, 2152, join(bytes(0x30, 0xff), u16(V4.length), new byte[4], V4)))));
  }

  static List<Arguments> extensions() {
    byte[] datagram = udp(1000, 53, text("hello"));
    byte[] hopByHop = join(bytes(60, 0), new byte[6]);
    byte[] destination = join(bytes(43, 1), new byte[14]);
    byte[] routing = join(bytes(51, 0), new byte[6]);
    byte[] authentication = join(bytes(44, 1), new byte[10]);
    byte[] wholeFragment = join(bytes(17, 0), new byte[6]);
    return List.of(
        carrier(
            "all extensions",
            LinkType.RAW,
            ipv6(
                "fd00::1",
                "fd00::2",
                0,
                join(hopByHop, destination, routing, authentication, wholeFragment, datagram))));
  }

  private static Arguments carrier(String name, int link, byte[] packet) {
    return Arguments.of(name, link, packet);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"carriers", "tunnels", "extensions"})
  void findsTheInnermostFlow(String name, int link, byte[] packet) {
    Road road = Road.file();
    road.packet(link, packet);
    List<FlowRecord> flows = road.finish();
    assertThat(flows).hasSize(1);
    FlowRecord flow = flows.getFirst();
    assertThat(flow.client().port()).isEqualTo(1000);
    assertThat(flow.server().port()).isEqualTo(53);
    assertThat(flow.client().address().toString()).isIn("10.0.0.1", "fd00::1");
    assertThat(flow.packets()).isEqualTo(1);
    assertThat(road.said(Direction.TO_SERVER)).isEqualTo("hello");
  }

  /** Whatever is cut off, nothing is read beyond, nothing thrown, and each loss has a name. */
  @ParameterizedTest(name = "{0}")
  @MethodSource({"carriers", "tunnels", "extensions"})
  void countsWhatIsCut(String name, int link, byte[] packet) {
    for (int captured = 0; captured < packet.length; captured++) {
      Road road = Road.file();
      road.packet(link, packet, captured, packet.length);
      int flows = road.finish().size();
      long dropped = 0;
      for (Counter counter : Counter.values()) {
        if (counter.label().contains("truncated") || counter == Counter.NOT_IP) {
          dropped += road.counters.get(counter);
        }
      }
      assertThat(flows + dropped).as("%s cut to %d", name, captured).isPositive();
    }
  }

  @Test
  void countsWireBytesFromTheIpHeaderOn() {
    Road road = Road.file();
    road.packet(
        LinkType.ETHERNET, join(ethernet(0x0800, V4), new byte[20]), 50, 14 + V4.length + 20);
    assertThat(road.finish().getFirst().bytes()).isEqualTo(V4.length);
  }

  @Test
  void readsWhatIsThereOfLyingLengths() {
    Road road = Road.file();
    byte[] lying = V4.clone();
    lying[2] = 0x7f;
    road.ip(lying);
    byte[] datagram = ipv4("10.0.0.1", "10.0.0.3", 17, join(u16(9), u16(9), u16(60000), u16(0)));
    road.ip(datagram);
    assertThat(road.finish()).hasSize(2);
    assertThat(road.counters.get(Counter.IP_LENGTH_BEYOND_FRAME)).isEqualTo(1);
    assertThat(road.counters.get(Counter.UDP_LENGTH_WRONG)).isEqualTo(1);
  }

  @Test
  void namesEachReasonToDrop() {
    Road road = Road.file();
    byte[] shortHeader = V4.clone();
    shortHeader[0] = 0x44;
    road.ip(shortHeader);
    byte[] tooShort = V4.clone();
    tooShort[3] = 19;
    road.ip(tooShort);
    road.ethernet(ethernet(0x0800, V6));
    road.ethernet(ethernet(0x0806, new byte[28]));
    road.packet(4711, V4);
    byte[] segment = tcp(1, 2, 3, 4, 16, new byte[0]);
    segment[12] = 0x40;
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 6, segment));
    byte[] deep = V4;
    for (int i = 0; i < 12; i++) {
      deep = ipv4("10.0.0.1", "10.0.0.2", 4, deep);
    }
    road.ip(deep);
    byte[] tags = V4;
    for (int i = 0; i < 9; i++) {
      tags = vlan(1, i == 0 ? 0x0800 : 0x8100, tags);
    }
    road.ethernet(ethernet(0x8100, tags));
    assertThat(road.finish()).isEmpty();
    for (Counter counter :
        List.of(
            Counter.IP_HEADER_WRONG,
            Counter.IP_LENGTH_WRONG,
            Counter.IP_VERSION_WRONG,
            Counter.NOT_IP,
            Counter.LINK_UNKNOWN,
            Counter.TCP_HEADER_WRONG,
            Counter.TUNNELS_TOO_DEEP,
            Counter.LINK_TAGS_TOO_MANY)) {
      assertThat(road.counters.get(counter)).as(counter.label()).isEqualTo(1);
    }
  }

  @Test
  void givesSctpDataChunkByChunk() {
    byte[] one = join(bytes(0, 3), u16(16 + 3), new byte[12], text("one"), new byte[1]);
    byte[] sack = join(bytes(3, 0), u16(16), new byte[12]);
    byte[] two = join(bytes(0, 3), u16(16 + 3), new byte[12], text("two"));
    byte[] sctp = join(u16(45000), u16(3868), new byte[8], one, sack, two);
    Road road = Road.file();
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 132, sctp));
    assertThat(road.finish().getFirst().server().port()).isEqualTo(3868);
    assertThat(road.engine.streams.getFirst().events).containsExactly("TO_SERVER 3", "TO_SERVER 3");
    assertThat(road.said(Direction.TO_SERVER)).isEqualTo("onetwo");
  }

  @Test
  void makesFlowsOfOtherProtocols() {
    Road road = Road.file();
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 1, bytes(8, 0, 0, 0, 1, 2, 3, 4)));
    road.ip(ipv4("10.0.0.2", "10.0.0.1", 1, bytes(0, 0, 0, 0, 1, 2, 3, 4)));
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 89, new byte[20]));
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 47, bytes(0, 0, 0x12, 0x34, 0, 0)));
    assertThat(road.finish())
        .extracting(FlowRecord::protocolNumber, FlowRecord::packets)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple(1, 2L),
            org.assertj.core.api.Assertions.tuple(89, 1L),
            org.assertj.core.api.Assertions.tuple(47, 1L));
  }
}
