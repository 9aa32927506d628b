/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import io.sallyport.api.capture.CaptureException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The packets of a pcapng file (draft-ietf-opsawg-pcapng), of all its sections and interfaces. */
final class PcapngCapture extends FileCapture {
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int INTERFACE_BLOCK = 1;
  private static final int OLD_PACKET_BLOCK = 2;
  private static final int SIMPLE_PACKET_BLOCK = 3;
  private static final int ENHANCED_PACKET_BLOCK = 6;

  /** Type and length before, length behind. */
  private static final int BLOCK_OVERHEAD = 12;

  private static final int BODY = 8;
  private static final int SECTION_BLOCK_LENGTH = 28;
  private static final int INTERFACE_BODY = 8;
  private static final int PACKET_BODY = 20;
  // A file may describe any number of interfaces; no host has more than this.
  private static final int MAX_INTERFACES = 65_536;

  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;

  private final List<Interface> interfaces = new ArrayList<>();
  private long lastNanos;

  private record Interface(int link, TimeUnits units, long offsetSeconds) {}

  PcapngCapture(PacketFile file) {
    super(file);
    if (file.size() < SECTION_BLOCK_LENGTH) {
      throw new CaptureException(
          file.path() + " is cut short: it ends within its section header", null);
    }
  }

  @Override
  boolean advance() {
    while (true) {
      long block = position();
      long remaining = remaining();
      if (remaining < BLOCK_OVERHEAD) {
        return remaining != 0
            && damaged("the file is cut short: it ends within a block at byte " + block);
      }
      if (word(block) == PcapFormat.PCAPNG && !section(block)) {
        return false;
      }
      long length = Integer.toUnsignedLong(word(block + 4));
      if (length < BLOCK_OVERHEAD || length > MAX_PACKET) {
        return damaged(
            "the file is damaged: the block at byte "
                + block
                + " claims to have "
                + length
                + " bytes");
      }
      if (length > remaining) {
        return damaged(
            "the file is cut short: the block at byte "
                + block
                + " has "
                + length
                + " bytes, "
                + remaining
                + " are there");
      }
      // Blocks begin at multiples of four; some writers leave the padding out of the length.
      position(Math.min(size(), block + (length + 3 & ~3L)));
      if (block(word(block), block + BODY, (int) length - BLOCK_OVERHEAD)) {
        return true;
      }
      if (!problem().isEmpty()) {
        return false;
      }
    }
  }

  /** Whether it was a packet, and is found. */
  private boolean block(int type, long body, int length) {
    switch (type) {
      case INTERFACE_BLOCK -> {
        return describe(body, length);
      }
      case ENHANCED_PACKET_BLOCK -> {
        return length >= PACKET_BODY && packet(body, length, word(body));
      }
      case OLD_PACKET_BLOCK -> {
        return length >= PACKET_BODY && packet(body, length, half(body));
      }
      case SIMPLE_PACKET_BLOCK -> {
        if (length < 4 || interfaces.isEmpty()) {
          return false;
        }
        int wire = Math.clamp(word(body), 0, MAX_PACKET);
        found(body + 4, Math.min(wire, length - 4), wire, interfaces.getFirst().link(), lastNanos);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  private boolean section(long block) {
    if (remaining() < SECTION_BLOCK_LENGTH) {
      return damaged("the file is cut short: it ends within a section header at byte " + block);
    }
    order(ByteOrder.LITTLE_ENDIAN);
    if (word(block + BODY) != BYTE_ORDER) {
      order(ByteOrder.BIG_ENDIAN);
      if (word(block + BODY) != BYTE_ORDER) {
        return damaged("the file is damaged: no byte order in the section header at byte " + block);
      }
    }
    interfaces.clear();
    return true;
  }

  private boolean packet(long body, int length, int index) {
    int captured = word(body + 12);
    if (index < 0
        || index >= interfaces.size()
        || captured < 0
        || captured > length - PACKET_BODY) {
      return damaged(
          "the file is damaged: the packet at byte "
              + body
              + " has an impossible interface or length");
    }
    Interface source = interfaces.get(index);
    long time =
        Integer.toUnsignedLong(word(body + 4)) << 32 | Integer.toUnsignedLong(word(body + 8));
    lastNanos = source.units().nanos(time) + source.offsetSeconds() * 1_000_000_000L;
    int wire = Math.clamp(word(body + 16), 0, MAX_PACKET);
    found(body + PACKET_BODY, captured, wire, source.link(), lastNanos);
    return true;
  }

  private boolean describe(long body, int length) {
    if (length < INTERFACE_BODY || interfaces.size() == MAX_INTERFACES) {
      return damaged(
          "the file is damaged: an interface description at byte " + body + " is impossible");
    }
    TimeUnits units = TimeUnits.MICROSECONDS;
    long offset = 0;
    long option = body + INTERFACE_BODY;
    long end = body + length;
    while (option + 4 <= end) {
      int code = half(option);
      int size = half(option + 2);
      long value = option + 4;
      if (code == 0 || value + size > end) {
        break;
      }
      if (code == OPTION_RESOLUTION && size == 1) {
        units = TimeUnits.of((byte) octet(value));
      } else if (code == OPTION_OFFSET && size == 8) {
        // Eight bytes in the section's order; seconds beyond 32 bits are beyond any clock.
        offset = order() == ByteOrder.LITTLE_ENDIAN ? word(value) : word(value + 4);
      }
      option = value + (size + 3 & ~3);
    }
    interfaces.add(new Interface(half(body), units, offset));
    return false;
  }
}
