/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/** Reads what is behind an IP header: a transport, or a tunnel with another packet in it. */
final class TransportDecoder {
  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int ICMPV6 = 58;
  static final int SCTP = 132;

  private static final int UDP_HEADER = 8;

  private static final int IPV4_TUNNEL = 4;
  private static final int IPV6_TUNNEL = 41;
  private static final int DCCP = 33;
  private static final int GRE = 47;
  private static final int UDP_LITE = 136;

  private static final int TCP_HEADER = 20;
  private static final int SCTP_HEADER = 12;
  private static final int PORTS = 4;
  private static final int MAX_DEPTH = 8;

  private static final int VXLAN_PORT = 4789;
  private static final int VXLAN_PORT_LINUX = 8472;
  private static final int GTP_PORT = 2152;
  private static final int VXLAN_HEADER = 8;
  private static final int VXLAN_VNI_PRESENT = 8;

  private final Window window;
  private final Packet packet;
  private final PacketConsumer consumer;
  private final Tunnels tunnels;
  private final Counters counters;

  TransportDecoder(
      Window window, Packet packet, PacketConsumer consumer, Tunnels tunnels, Counters counters) {
    this.window = window;
    this.packet = packet;
    this.consumer = consumer;
    this.tunnels = tunnels;
    this.counters = counters;
  }

  void decode(int protocol, long offset, long end, long wire, int depth) {
    packet.protocol = protocol;
    packet.sourcePort = 0;
    packet.destinationPort = 0;
    switch (protocol) {
      case TCP -> tcp(offset, end, wire);
      case UDP -> udp(offset, end, wire, depth);
      case IPV4_TUNNEL, IPV6_TUNNEL, GRE -> {
        if (depth == MAX_DEPTH) {
          counters.add(Counter.TUNNELS_TOO_DEEP);
        } else if (!tunnels.open(protocol, offset, end, wire, depth + 1)) {
          counters.add(Counter.TUNNEL_UNKNOWN);
          emit(offset, end, wire);
        } else {
          counters.add(Counter.TUNNEL_PACKETS);
        }
      }
      case SCTP -> ports(offset, end, wire, SCTP_HEADER);
      case DCCP -> ports(offset, end, wire, PORTS);
      case UDP_LITE -> ports(offset, end, wire, UDP_HEADER);
      default -> emit(offset, end, wire);
    }
  }

  private void tcp(long offset, long end, long wire) {
    if (end - offset < TCP_HEADER) {
      counters.add(Counter.TRANSPORT_TRUNCATED);
      return;
    }
    int header = (window.u8(offset + 12) >> 4) << 2;
    if (header < TCP_HEADER || header > wire - offset) {
      counters.add(Counter.TCP_HEADER_WRONG);
      return;
    }
    packet.sourcePort = window.u16(offset);
    packet.destinationPort = window.u16(offset + 2);
    packet.sequence = window.i32(offset + 4);
    packet.acknowledgement = window.i32(offset + 8);
    packet.flags = window.u8(offset + 13);
    emit(offset + header, end, wire);
  }

  private void udp(long offset, long end, long wire, int depth) {
    if (end - offset < UDP_HEADER) {
      counters.add(Counter.TRANSPORT_TRUNCATED);
      return;
    }
    int destination = window.u16(offset + 2);
    int length = window.u16(offset + 4);
    long stop = wire;
    // Zero: a jumbogram, or a segment that the network card is yet to cut.
    if (length != 0) {
      if (length < UDP_HEADER || length > wire - offset) {
        counters.add(Counter.UDP_LENGTH_WRONG);
      } else {
        stop = offset + length;
      }
    }
    long payload = offset + UDP_HEADER;
    long payloadEnd = Math.min(end, stop);
    if ((destination == VXLAN_PORT || destination == VXLAN_PORT_LINUX)
        && depth < MAX_DEPTH
        && vxlan(payload, payloadEnd)) {
      counters.add(Counter.TUNNEL_PACKETS);
      tunnels.ethernet(payload + VXLAN_HEADER, payloadEnd, stop, depth + 1);
      return;
    }
    if (destination == GTP_PORT
        && depth < MAX_DEPTH
        && tunnels.gtp(payload, payloadEnd, stop, depth + 1)) {
      counters.add(Counter.TUNNEL_PACKETS);
      return;
    }
    packet.sourcePort = window.u16(offset);
    packet.destinationPort = destination;
    emit(payload, payloadEnd, stop);
  }

  /** Whether this is VXLAN and not something else on its port; RFC 7348. */
  private boolean vxlan(long payload, long end) {
    return end - payload >= VXLAN_HEADER + LinkDecoder.ETHERNET_HEADER
        && (window.u8(payload) & VXLAN_VNI_PRESENT) != 0
        && window.u8(payload + 7) == 0
        && LinkDecoder.plausible(window.u16(payload + VXLAN_HEADER + 12));
  }

  private void ports(long offset, long end, long wire, int header) {
    if (end - offset < header) {
      counters.add(Counter.TRANSPORT_TRUNCATED);
      return;
    }
    packet.sourcePort = window.u16(offset);
    packet.destinationPort = window.u16(offset + 2);
    emit(offset + header, end, wire);
  }

  private void emit(long payload, long end, long wire) {
    packet.memory = window.memory();
    packet.payload = payload;
    packet.captured = (int) Math.max(0, end - payload);
    packet.length = (int) Math.max(0, wire - payload);
    consumer.packet(packet);
  }
}
