/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.LinkType;

/**
 * Finds the IP packet behind a link layer's headers. Two ends go along with every offset: {@code
 * end}, where the captured bytes end, and {@code wire}, where the packet ended on the wire.
 */
final class LinkDecoder {
  static final int ETHERTYPE_IPV4 = 0x0800;
  static final int ETHERTYPE_IPV6 = 0x86dd;

  static final int ETHERNET_HEADER = 14;

  private static final int ETHERTYPE_ARP = 0x0806;
  private static final int ETHERTYPE_VLAN = 0x8100;
  private static final int ETHERTYPE_QINQ = 0x88a8;
  private static final int ETHERTYPE_QINQ_OLD = 0x9100;
  private static final int ETHERTYPE_QINQ_OLDER = 0x9200;
  private static final int ETHERTYPE_MPLS = 0x8847;
  private static final int ETHERTYPE_MPLS_UPSTREAM = 0x8848;
  private static final int ETHERTYPE_PPPOE = 0x8864;
  private static final int ETHERTYPE_PPP = 0x880b;
  private static final int MAX_LENGTH_FIELD = 1500;

  private static final int PPP_IPV4 = 0x0021;
  private static final int PPP_IPV6 = 0x0057;
  private static final int PPP_MPLS = 0x0281;
  private static final int PPP_ADDRESS_CONTROL = 0xff03;

  private static final int SLL_HEADER = 16;
  private static final int SLL2_HEADER = 20;
  private static final int FAMILY_HEADER = 4;
  private static final int HDLC_HEADER = 4;
  private static final int PPPOE_HEADER = 6;
  private static final int SNAP_HEADER = 8;
  private static final int SNAP = 0xaaaa0300;
  private static final int TAG = 4;
  private static final int MAX_TAGS = 8;

  private final Window window;
  private final IpDecoder ip;
  private final Counters counters;

  LinkDecoder(Window window, IpDecoder ip, Counters counters) {
    this.window = window;
    this.ip = ip;
    this.counters = counters;
  }

  /** Decodes a packet of one of {@link LinkType}'s numbers. */
  void decode(long offset, long end, long wire, int link) {
    switch (link) {
      case LinkType.ETHERNET -> ethernet(offset, end, wire, 0);
      case LinkType.LINUX_SLL -> typed(offset, end, wire, 14, SLL_HEADER);
      case LinkType.LINUX_SLL2 -> typed(offset, end, wire, 0, SLL2_HEADER);
      case LinkType.NULL, LinkType.LOOP -> {
        if (has(offset, end, FAMILY_HEADER + 1)) {
          // The family's number and byte order differ from system to system; the packet says it.
          raw(offset + FAMILY_HEADER, end, wire, 0);
        }
      }
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 -> {
        if (has(offset, end, 1)) {
          raw(offset, end, wire, 0);
        }
      }
      case LinkType.PPP -> ppp(offset, end, wire, 0);
      case LinkType.PPP_HDLC -> {
        if (has(offset, end, 2)) {
          if (window.u16(offset) == PPP_ADDRESS_CONTROL) {
            ppp(offset, end, wire, 0);
          } else {
            typed(offset, end, wire, 2, HDLC_HEADER);
          }
        }
      }
      case LinkType.CHDLC -> typed(offset, end, wire, 2, HDLC_HEADER);
      default -> counters.add(Counter.LINK_UNKNOWN);
    }
  }

  /** An Ethernet frame, also one from within a tunnel. */
  void ethernet(long offset, long end, long wire, int depth) {
    if (has(offset, end, ETHERNET_HEADER)) {
      network(window.u16(offset + 12), offset + ETHERNET_HEADER, end, wire, depth);
    }
  }

  /** A PPP frame, with or without its address and control bytes. */
  void ppp(long offset, long end, long wire, int depth) {
    long at = offset;
    if (!has(at, end, 2)) {
      return;
    }
    if (window.u16(at) == PPP_ADDRESS_CONTROL) {
      at += 2;
      if (!has(at, end, 2)) {
        return;
      }
    }
    // A compressed protocol field is one byte, and odd.
    int protocol = window.u8(at);
    if ((protocol & 1) != 0) {
      at++;
    } else {
      protocol = window.u16(at);
      at += 2;
    }
    switch (protocol) {
      case PPP_IPV4 -> ip.ipv4(at, end, wire, depth);
      case PPP_IPV6 -> ip.ipv6(at, end, wire, depth);
      case PPP_MPLS -> mpls(at, end, wire, depth);
      default -> counters.add(Counter.NOT_IP);
    }
  }

  /** What an EtherType announces. */
  void network(int firstType, long offset, long end, long wire, int depth) {
    int type = firstType;
    long at = offset;
    for (int tags = 0; tags < MAX_TAGS; tags++) {
      switch (type) {
        case ETHERTYPE_IPV4 -> {
          ip.ipv4(at, end, wire, depth);
          return;
        }
        case ETHERTYPE_IPV6 -> {
          ip.ipv6(at, end, wire, depth);
          return;
        }
        case ETHERTYPE_VLAN, ETHERTYPE_QINQ, ETHERTYPE_QINQ_OLD, ETHERTYPE_QINQ_OLDER -> {
          if (!has(at, end, TAG)) {
            return;
          }
          type = window.u16(at + 2);
          at += TAG;
        }
        default -> {
          other(type, at, end, wire, depth);
          return;
        }
      }
    }
    counters.add(Counter.LINK_TAGS_TOO_MANY);
  }

  /** Whether a tunnel's Ethernet frame is one that is likely to be real. */
  static boolean plausible(int type) {
    return switch (type) {
      case ETHERTYPE_IPV4,
          ETHERTYPE_IPV6,
          ETHERTYPE_ARP,
          ETHERTYPE_VLAN,
          ETHERTYPE_QINQ,
          ETHERTYPE_MPLS ->
          true;
      default -> type <= MAX_LENGTH_FIELD;
    };
  }

  /** Whether a PPP frame carries IP, and not negotiation or something compressed. */
  boolean carriesIp(long offset, long end) {
    long at = end - offset > 2 && window.u16(offset) == PPP_ADDRESS_CONTROL ? offset + 2 : offset;
    if (end - at < 3) {
      return false;
    }
    int first = window.u8(at);
    int protocol = (first & 1) != 0 ? first : window.u16(at);
    return protocol == PPP_IPV4 || protocol == PPP_IPV6;
  }

  private void other(int type, long offset, long end, long wire, int depth) {
    switch (type) {
      case ETHERTYPE_MPLS, ETHERTYPE_MPLS_UPSTREAM -> mpls(offset, end, wire, depth);
      case ETHERTYPE_PPPOE -> pppoe(offset, end, wire, depth);
      case ETHERTYPE_PPP -> ppp(offset, end, wire, depth);
      default -> {
        if (type <= MAX_LENGTH_FIELD
            && end - offset > SNAP_HEADER
            && (window.i32(offset) & 0xffffff00) == SNAP
            && window.u16(offset + 6) > MAX_LENGTH_FIELD) {
          network(window.u16(offset + 6), offset + SNAP_HEADER, end, wire, depth);
        } else {
          counters.add(Counter.NOT_IP);
        }
      }
    }
  }

  private void pppoe(long offset, long end, long wire, int depth) {
    if (has(offset, end, PPPOE_HEADER)) {
      long start = offset + PPPOE_HEADER;
      long stop = start + window.u16(offset + 4);
      ppp(start, Math.min(end, stop), Math.min(wire, stop), depth);
    }
  }

  private void mpls(long offset, long end, long wire, int depth) {
    long at = offset;
    for (int labels = 0; labels < MAX_TAGS; labels++) {
      if (!has(at, end, TAG + 1)) {
        return;
      }
      boolean bottom = (window.u8(at + 2) & 1) != 0;
      at += TAG;
      if (bottom) {
        if (window.u8(at) >> 4 == 0) {
          // A pseudowire: a control word, then an Ethernet frame.
          ethernet(at + TAG, end, wire, depth);
        } else {
          raw(at, end, wire, depth);
        }
        return;
      }
    }
    counters.add(Counter.LINK_TAGS_TOO_MANY);
  }

  private void raw(long offset, long end, long wire, int depth) {
    switch (window.u8(offset) >> 4) {
      case 4 -> ip.ipv4(offset, end, wire, depth);
      case 6 -> ip.ipv6(offset, end, wire, depth);
      default -> counters.add(Counter.NOT_IP);
    }
  }

  private void typed(long offset, long end, long wire, int type, int header) {
    if (has(offset, end, header)) {
      network(window.u16(offset + type), offset + header, end, wire, 0);
    }
  }

  private boolean has(long offset, long end, int count) {
    if (end - offset < count) {
      counters.add(Counter.LINK_TRUNCATED);
      return false;
    }
    return true;
  }
}
