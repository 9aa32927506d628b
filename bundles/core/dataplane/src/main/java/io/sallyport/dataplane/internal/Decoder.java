/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.MemorySegment;

/**
 * From a captured packet to the innermost IP packet and its transport. Allocates nothing a packet,
 * reads nothing beyond what was captured, and counts whatever it drops.
 */
final class Decoder implements Tunnels {
  private static final int IPV4_TUNNEL = 4;
  private static final int IPV6_TUNNEL = 41;

  private static final int GRE_HEADER = 4;
  private static final int GRE_CHECKSUM = 0x8000;
  private static final int GRE_ROUTING = 0x4000;
  private static final int GRE_KEY = 0x2000;
  private static final int GRE_SEQUENCE = 0x1000;
  private static final int GRE_ACKNOWLEDGEMENT = 0x0080;
  private static final int GRE_VERSION = 7;
  private static final int GRE_PPTP = 1;
  private static final int GTP_HEADER = 8;
  private static final int GTP_VERSION_MASK = 0xf0;
  private static final int GTP_VERSION_1 = 0x30;
  private static final int GTP_USER_DATA = 255;
  private static final int GTP_OPTIONAL_FIELDS = 7;
  private static final int GTP_EXTENSION = 4;
  private static final int MAX_GTP_EXTENSIONS = 8;
  private static final int ETHERTYPE_BRIDGED = 0x6558;
  private static final int ETHERTYPE_PPP = 0x880b;

  private final Window window = new Window();
  private final Packet packet = new Packet();
  private final Fragments fragments;
  private final IpDecoder ip;
  private final LinkDecoder link;

  Decoder(Fragments fragments, PacketConsumer consumer, Counters counters) {
    this.fragments = fragments;
    this.ip =
        new IpDecoder(
            window,
            packet,
            fragments,
            new TransportDecoder(window, packet, consumer, this, counters),
            counters);
    this.link = new LinkDecoder(window, ip, counters);
  }

  /** Decodes one packet as a capture hands it out. */
  void decode(Scope scope, MemorySegment memory, long offset, int captured, int wire, int type) {
    packet.scope = scope;
    long end = offset + captured;
    window.open(memory, offset, end);
    link.decode(offset, end, offset + Math.max(wire, captured), type);
  }

  /** Reads the first bytes of datagrams whose other fragments have not come in time. */
  void expireFragments() {
    for (Datagram late = fragments.expired(); late != null; late = fragments.expired()) {
      ip.deliver(late);
    }
  }

  /** Reads what there is of all datagrams that are unfinished, at the end of a file. */
  void flushFragments() {
    for (Datagram left = fragments.unfinished(); left != null; left = fragments.unfinished()) {
      ip.deliver(left);
    }
  }

  @Override
  public void ethernet(long offset, long end, long wire, int depth) {
    link.ethernet(offset, end, wire, depth);
  }

  @Override
  public boolean open(int protocol, long offset, long end, long wire, int depth) {
    switch (protocol) {
      case IPV4_TUNNEL -> {
        return inner(LinkDecoder.ETHERTYPE_IPV4, offset, end, wire, depth);
      }
      case IPV6_TUNNEL -> {
        return inner(LinkDecoder.ETHERTYPE_IPV6, offset, end, wire, depth);
      }
      default -> {
        return gre(offset, end, wire, depth);
      }
    }
  }

  /** Version 1, user data; 3GPP TS 29.281. */
  @Override
  public boolean gtp(long offset, long end, long wire, int depth) {
    if (end - offset < GTP_HEADER
        || (window.u8(offset) & GTP_VERSION_MASK) != GTP_VERSION_1
        || window.u8(offset + 1) != GTP_USER_DATA) {
      return false;
    }
    long at = offset + GTP_HEADER;
    int flags = window.u8(offset);
    if ((flags & GTP_OPTIONAL_FIELDS) != 0) {
      at += 4;
      int next = end >= at && (flags & GTP_EXTENSION) != 0 ? window.u8(at - 1) : 0;
      for (int count = 0; next != 0 && count < MAX_GTP_EXTENSIONS; count++) {
        int length = end > at ? window.u8(at) << 2 : 0;
        if (length == 0 || end - at < length) {
          return false;
        }
        at += length;
        next = window.u8(at - 1);
      }
    }
    if (end <= at) {
      return false;
    }
    int type = window.u8(at) >> 4 == 4 ? LinkDecoder.ETHERTYPE_IPV4 : LinkDecoder.ETHERTYPE_IPV6;
    return inner(type, at, end, wire, depth);
  }

  private boolean inner(int type, long offset, long end, long wire, int depth) {
    int version = type == LinkDecoder.ETHERTYPE_IPV4 ? 4 : 6;
    if (end <= offset || window.u8(offset) >> 4 != version) {
      return false;
    }
    if (version == 4) {
      ip.ipv4(offset, end, wire, depth);
    } else {
      ip.ipv6(offset, end, wire, depth);
    }
    return true;
  }

  /** RFC 2784, 2890; version 1, for PPTP, RFC 2637. */
  private boolean gre(long offset, long end, long wire, int depth) {
    if (end - offset < GRE_HEADER) {
      return false;
    }
    int flags = window.u16(offset);
    int type = window.u16(offset + 2);
    int version = flags & GRE_VERSION;
    if (version > GRE_PPTP || (flags & GRE_ROUTING) != 0) {
      return false;
    }
    long at = offset + GRE_HEADER;
    at += (flags & GRE_CHECKSUM) != 0 ? 4 : 0;
    at += (flags & GRE_KEY) != 0 ? 4 : 0;
    at += (flags & GRE_SEQUENCE) != 0 ? 4 : 0;
    if (version == GRE_PPTP) {
      at += (flags & GRE_ACKNOWLEDGEMENT) != 0 ? 4 : 0;
    }
    if (end <= at) {
      return false;
    }
    switch (type) {
      case LinkDecoder.ETHERTYPE_IPV4, LinkDecoder.ETHERTYPE_IPV6 -> {
        return inner(type, at, end, wire, depth);
      }
      case ETHERTYPE_BRIDGED -> {
        if (end - at < LinkDecoder.ETHERNET_HEADER || !LinkDecoder.plausible(window.u16(at + 12))) {
          return false;
        }
        link.ethernet(at, end, wire, depth);
        return true;
      }
      case ETHERTYPE_PPP -> {
        if (!link.carriesIp(at, end)) {
          return false;
        }
        link.ppp(at, end, wire, depth);
        return true;
      }
      default -> {
        return false;
      }
    }
  }
}
