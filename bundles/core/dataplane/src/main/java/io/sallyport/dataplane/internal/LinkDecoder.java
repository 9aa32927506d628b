/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Fields.i32;
import static io.sallyport.dataplane.internal.Fields.u16;
import static io.sallyport.dataplane.internal.Fields.u8;

import io.sallyport.api.capture.LinkType;
import java.lang.foreign.MemorySegment;

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

  private final IpDecoder ip;
  private final Counters counters;

  LinkDecoder(IpDecoder ip, Counters counters) {
    this.ip = ip;
    this.counters = counters;
  }

  /** Decodes a packet of one of {@link LinkType}'s numbers. */
  void decode(MemorySegment memory, long offset, long end, long wire, int link) {
    switch (link) {
      case LinkType.ETHERNET -> ethernet(memory, offset, end, wire, 0);
      case LinkType.LINUX_SLL -> typed(memory, offset, end, wire, 14, SLL_HEADER);
      case LinkType.LINUX_SLL2 -> typed(memory, offset, end, wire, 0, SLL2_HEADER);
      case LinkType.NULL, LinkType.LOOP -> {
        if (has(offset, end, FAMILY_HEADER + 1)) {
          // The family's number and byte order differ from system to system; the packet says it.
          raw(memory, offset + FAMILY_HEADER, end, wire, 0);
        }
      }
      case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD, LinkType.IPV4, LinkType.IPV6 -> {
        if (has(offset, end, 1)) {
          raw(memory, offset, end, wire, 0);
        }
      }
      case LinkType.PPP -> ppp(memory, offset, end, wire, 0);
      case LinkType.PPP_HDLC -> {
        if (has(offset, end, 2)) {
          if (u16(memory, offset) == PPP_ADDRESS_CONTROL) {
            ppp(memory, offset, end, wire, 0);
          } else {
            typed(memory, offset, end, wire, 2, HDLC_HEADER);
          }
        }
      }
      case LinkType.CHDLC -> typed(memory, offset, end, wire, 2, HDLC_HEADER);
      default -> counters.add(Counter.LINK_UNKNOWN);
    }
  }

  /** An Ethernet frame, also one from within a tunnel. */
  void ethernet(MemorySegment memory, long offset, long end, long wire, int depth) {
    if (has(offset, end, ETHERNET_HEADER)) {
      network(memory, u16(memory, offset + 12), offset + ETHERNET_HEADER, end, wire, depth);
    }
  }

  /** A PPP frame, with or without its address and control bytes. */
  void ppp(MemorySegment memory, long offset, long end, long wire, int depth) {
    long at = offset;
    if (!has(at, end, 2)) {
      return;
    }
    if (u16(memory, at) == PPP_ADDRESS_CONTROL) {
      at += 2;
      if (!has(at, end, 2)) {
        return;
      }
    }
    // A compressed protocol field is one byte, and odd.
    int protocol = u8(memory, at);
    if ((protocol & 1) != 0) {
      at++;
    } else {
      protocol = u16(memory, at);
      at += 2;
    }
    switch (protocol) {
      case PPP_IPV4 -> ip.ipv4(memory, at, end, wire, depth);
      case PPP_IPV6 -> ip.ipv6(memory, at, end, wire, depth);
      case PPP_MPLS -> mpls(memory, at, end, wire, depth);
      default -> counters.add(Counter.NOT_IP);
    }
  }

  /** What an EtherType announces. */
  void network(MemorySegment memory, int firstType, long offset, long end, long wire, int depth) {
    int type = firstType;
    long at = offset;
    for (int tags = 0; tags < MAX_TAGS; tags++) {
      switch (type) {
        case ETHERTYPE_IPV4 -> {
          ip.ipv4(memory, at, end, wire, depth);
          return;
        }
        case ETHERTYPE_IPV6 -> {
          ip.ipv6(memory, at, end, wire, depth);
          return;
        }
        case ETHERTYPE_VLAN, ETHERTYPE_QINQ, ETHERTYPE_QINQ_OLD, ETHERTYPE_QINQ_OLDER -> {
          if (!has(at, end, TAG)) {
            return;
          }
          type = u16(memory, at + 2);
          at += TAG;
        }
        default -> {
          other(memory, type, at, end, wire, depth);
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
  static boolean carriesIp(MemorySegment memory, long offset, long end) {
    long at = end - offset > 2 && u16(memory, offset) == PPP_ADDRESS_CONTROL ? offset + 2 : offset;
    if (end - at < 3) {
      return false;
    }
    int first = u8(memory, at);
    int protocol = (first & 1) != 0 ? first : u16(memory, at);
    return protocol == PPP_IPV4 || protocol == PPP_IPV6;
  }

  private void other(MemorySegment memory, int type, long offset, long end, long wire, int depth) {
    switch (type) {
      case ETHERTYPE_MPLS, ETHERTYPE_MPLS_UPSTREAM -> mpls(memory, offset, end, wire, depth);
      case ETHERTYPE_PPPOE -> pppoe(memory, offset, end, wire, depth);
      case ETHERTYPE_PPP -> ppp(memory, offset, end, wire, depth);
      default -> {
        if (type <= MAX_LENGTH_FIELD
            && end - offset > SNAP_HEADER
            && (i32(memory, offset) & 0xffffff00) == SNAP
            && u16(memory, offset + 6) > MAX_LENGTH_FIELD) {
          network(memory, u16(memory, offset + 6), offset + SNAP_HEADER, end, wire, depth);
        } else {
          counters.add(Counter.NOT_IP);
        }
      }
    }
  }

  private void pppoe(MemorySegment memory, long offset, long end, long wire, int depth) {
    if (has(offset, end, PPPOE_HEADER)) {
      long start = offset + PPPOE_HEADER;
      long stop = start + u16(memory, offset + 4);
      ppp(memory, start, Math.min(end, stop), Math.min(wire, stop), depth);
    }
  }

  private void mpls(MemorySegment memory, long offset, long end, long wire, int depth) {
    long at = offset;
    for (int labels = 0; labels < MAX_TAGS; labels++) {
      if (!has(at, end, TAG + 1)) {
        return;
      }
      boolean bottom = (u8(memory, at + 2) & 1) != 0;
      at += TAG;
      if (bottom) {
        if (u8(memory, at) >> 4 == 0) {
          // A pseudowire: a control word, then an Ethernet frame.
          ethernet(memory, at + TAG, end, wire, depth);
        } else {
          raw(memory, at, end, wire, depth);
        }
        return;
      }
    }
    counters.add(Counter.LINK_TAGS_TOO_MANY);
  }

  private void raw(MemorySegment memory, long offset, long end, long wire, int depth) {
    switch (u8(memory, offset) >> 4) {
      case 4 -> ip.ipv4(memory, offset, end, wire, depth);
      case 6 -> ip.ipv6(memory, offset, end, wire, depth);
      default -> counters.add(Counter.NOT_IP);
    }
  }

  private void typed(MemorySegment memory, long offset, long end, long wire, int type, int header) {
    if (has(offset, end, header)) {
      network(memory, u16(memory, offset + type), offset + header, end, wire, 0);
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
