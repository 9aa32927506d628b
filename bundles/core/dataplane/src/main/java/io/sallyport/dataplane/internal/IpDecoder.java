/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.common.IpAddress;

/** Reads IPv4 and IPv6 headers, puts fragments together and hands on what is behind. */
final class IpDecoder {
  private static final int IPV6_HEADER = 40;

  private static final int IPV4_HEADER = 20;
  private static final int MAX_EXTENSIONS = 16;
  private static final int MORE_FRAGMENTS = 0x2000;
  private static final int FRAGMENT_OFFSET = 0x1fff;

  // IPv6 extension headers (IANA)
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int MOBILITY = 135;
  private static final int HOST_IDENTITY = 139;
  private static final int SHIM6 = 140;

  private final Window window;
  private final Packet packet;
  private final Fragments fragments;
  private final TransportDecoder transport;
  private final Counters counters;

  IpDecoder(
      Window window,
      Packet packet,
      Fragments fragments,
      TransportDecoder transport,
      Counters counters) {
    this.window = window;
    this.packet = packet;
    this.fragments = fragments;
    this.transport = transport;
    this.counters = counters;
  }

  void ipv4(long offset, long captureEnd, long frameEnd, int depth) {
    if (captureEnd - offset < IPV4_HEADER) {
      counters.add(Counter.IP_TRUNCATED);
      return;
    }
    int first = window.u8(offset);
    int header = (first & 15) << 2;
    if (first >> 4 != 4 || header < IPV4_HEADER) {
      counters.add(first >> 4 != 4 ? Counter.IP_VERSION_WRONG : Counter.IP_HEADER_WRONG);
      return;
    }
    int total = window.u16(offset + 2);
    // Zero is what a segment of more than 64 KiB has before the network card cuts it.
    long wire = total == 0 ? frameEnd : limit(offset + total, frameEnd);
    long end = Math.min(captureEnd, wire);
    if (wire - offset < header) {
      counters.add(Counter.IP_LENGTH_WRONG);
      return;
    }
    if (end - offset < header) {
      counters.add(Counter.IP_TRUNCATED);
      return;
    }
    packet.sourceHigh = 0;
    packet.sourceLow = IpAddress.mappedLow(window.i32(offset + 12));
    packet.destinationHigh = 0;
    packet.destinationLow = IpAddress.mappedLow(window.i32(offset + 16));
    packet.bytes = wire - offset;
    packet.count = 1;
    int protocol = window.u8(offset + 9);
    int fragment = window.u16(offset + 6);
    if ((fragment & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) != 0) {
      fragment(
          offset + header,
          end,
          wire,
          depth,
          protocol,
          window.u16(offset + 4),
          (fragment & FRAGMENT_OFFSET) << 3,
          (fragment & MORE_FRAGMENTS) != 0);
    } else {
      transport.decode(protocol, offset + header, end, wire, depth);
    }
  }

  void ipv6(long offset, long captureEnd, long frameEnd, int depth) {
    if (captureEnd - offset < IPV6_HEADER) {
      counters.add(Counter.IP_TRUNCATED);
      return;
    }
    if (window.u8(offset) >> 4 != 6) {
      counters.add(Counter.IP_VERSION_WRONG);
      return;
    }
    int length = window.u16(offset + 4);
    long start = offset + IPV6_HEADER;
    // Zero: a jumbogram, or a segment that the network card is yet to cut.
    long wire = length == 0 ? frameEnd : limit(start + length, frameEnd);
    packet.sourceHigh = window.i64(offset + 8);
    packet.sourceLow = window.i64(offset + 16);
    packet.destinationHigh = window.i64(offset + 24);
    packet.destinationLow = window.i64(offset + 32);
    packet.bytes = wire - offset;
    packet.count = 1;
    extensions(window.u8(offset + 6), start, Math.min(captureEnd, wire), wire, depth);
  }

  private void extensions(int firstHeader, long offset, long end, long wire, int depth) {
    int header = firstHeader;
    long at = offset;
    for (int count = 0; count < MAX_EXTENSIONS; count++) {
      switch (header) {
        case HOP_BY_HOP,
            ROUTING,
            FRAGMENT,
            AUTHENTICATION,
            DESTINATION_OPTIONS,
            MOBILITY,
            HOST_IDENTITY,
            SHIM6 -> {
          if (end - at < 8) {
            counters.add(Counter.IP_TRUNCATED);
            return;
          }
          int next = window.u8(at);
          if (header == FRAGMENT) {
            int fragment = window.u16(at + 2);
            if ((fragment & ~6) != 0) {
              fragment(
                  at + 8,
                  end,
                  wire,
                  depth,
                  next,
                  window.i32(at + 4),
                  fragment & ~7,
                  (fragment & 1) != 0);
              return;
            }
            at += 8;
          } else if (header == AUTHENTICATION) {
            at += (window.u8(at + 1) + 2L) << 2;
          } else {
            at += (window.u8(at + 1) + 1L) << 3;
          }
          header = next;
        }
        default -> {
          if (at > end) {
            counters.add(Counter.IP_TRUNCATED);
          } else {
            transport.decode(header, at, end, wire, depth);
          }
          return;
        }
      }
    }
    counters.add(Counter.IP_EXTENSIONS_TOO_MANY);
  }

  private void fragment(
      long offset,
      long end,
      long wire,
      int depth,
      int protocol,
      int id,
      int position,
      boolean more) {
    counters.add(Counter.FRAGMENTS);
    Datagram whole =
        fragments.add(
            packet, window.memory(), offset, end, wire, protocol, id, position, more, depth);
    if (whole != null) {
      deliver(whole);
    }
  }

  /** Reads a datagram that is complete, or of which no more will come. */
  void deliver(Datagram datagram) {
    datagram.describe(packet);
    int depth = datagram.depth();
    int captured = datagram.contiguous();
    int total = datagram.length();
    window.open(datagram.memory(), 0, captured);
    if (datagram.isV6()) {
      extensions(datagram.protocol(), 0, captured, total, depth);
    } else {
      transport.decode(datagram.protocol(), 0, captured, total, depth);
    }
    fragments.release(datagram);
  }

  private long limit(long claimed, long frameEnd) {
    if (claimed > frameEnd) {
      counters.add(Counter.IP_LENGTH_BEYOND_FRAME);
      return frameEnd;
    }
    return claimed;
  }
}
