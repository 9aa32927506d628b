/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A window on bytes, read in place. Every read beyond its end answers -1, so that a parser can
 * compare without checking the length first, and no hostile packet makes it throw.
 *
 * <p>One thread at a time; valid only during the call it is given to. What is to be kept is copied
 * out, by {@link #text} for instance.
 */
public final class Bytes {
  private static final ValueLayout.OfShort U16 =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long offset;
  private int length;
  private int consumed;

  /** An empty window, for the engine to set on memory. */
  public Bytes() {}

  /** A copy of these bytes, for tests. */
  public static Bytes of(byte... bytes) {
    MemorySegment copy = Arena.ofAuto().allocate(Math.max(1, bytes.length));
    MemorySegment.copy(bytes, 0, copy, JAVA_BYTE, 0, bytes.length);
    return new Bytes().set(copy, 0, bytes.length);
  }

  /** For the engine: sets the window on native memory, with nothing consumed. */
  public Bytes set(MemorySegment newMemory, long newOffset, int newLength) {
    this.memory = newMemory;
    this.offset = newOffset;
    this.length = newLength;
    this.consumed = 0;
    return this;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Whether there are at least {@code count}. */
  public boolean has(int count) {
    return count <= length;
  }

  /**
   * Says that the first {@code count} bytes, counted from where it said so last, are dealt with.
   */
  public void consume(int count) {
    consumed = Math.clamp((long) consumed + count, consumed, length);
  }

  /** Says that all bytes are dealt with. */
  public void consumeAll() {
    consumed = length;
  }

  /** How many bytes have been dealt with. */
  public int consumed() {
    return consumed;
  }

  /** The byte at {@code index}, or -1. */
  public int u8(int index) {
    return index >= 0 && index < length ? memory.get(JAVA_BYTE, offset + index) & 0xff : -1;
  }

  /** Two bytes in network order, or -1. */
  public int u16(int index) {
    return fits(index, 2) ? memory.get(U16, offset + index) & 0xffff : -1;
  }

  /** Two bytes in little-endian order, or -1. */
  public int u16le(int index) {
    return fits(index, 2) ? Short.reverseBytes(memory.get(U16, offset + index)) & 0xffff : -1;
  }

  /** Three bytes in network order, or -1. */
  public int u24(int index) {
    return fits(index, 3) ? u16(index) << 8 | u8(index + 2) : -1;
  }

  /** Three bytes in little-endian order, or -1. */
  public int u24le(int index) {
    return fits(index, 3) ? u8(index + 2) << 16 | u16le(index) : -1;
  }

  /** Four bytes in network order as an unsigned number, or -1. */
  public long u32(int index) {
    return fits(index, 4) ? memory.get(U32, offset + index) & 0xffffffffL : -1;
  }

  /** Four bytes in little-endian order as an unsigned number, or -1. */
  public long u32le(int index) {
    return fits(index, 4)
        ? Integer.reverseBytes(memory.get(U32, offset + index)) & 0xffffffffL
        : -1;
  }

  /** Whether these ASCII characters stand at {@code index}. */
  public boolean at(int index, String ascii) {
    int count = ascii.length();
    if (!fits(index, count)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if ((memory.get(JAVA_BYTE, offset + index + i) & 0xff) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether these ASCII characters stand at {@code index}, in upper or lower case. */
  public boolean atIgnoreCase(int index, String ascii) {
    int count = ascii.length();
    if (!fits(index, count)) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (lower(memory.get(JAVA_BYTE, offset + index + i) & 0xff) != lower(ascii.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes begin with {@code ascii}. */
  public boolean startsWith(String ascii) {
    return at(0, ascii);
  }

  /**
   * Whether what is there agrees with {@code ascii}: the whole of it, or, where fewer bytes have
   * come, as far as they go. For telling {@link Match#NO} from {@link Match#MORE}.
   */
  public boolean mayStartWith(String ascii) {
    int count = Math.min(length, ascii.length());
    for (int i = 0; i < count; i++) {
      if ((memory.get(JAVA_BYTE, offset + i) & 0xff) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The first index of a byte value in {@code [from, to)}, or -1. */
  public int indexOf(int value, int from, int to) {
    int end = Math.min(to, length);
    for (int i = Math.max(0, from); i < end; i++) {
      if ((memory.get(JAVA_BYTE, offset + i) & 0xff) == value) {
        return i;
      }
    }
    return -1;
  }

  /** The first index of a byte value from {@code from} on, or -1. */
  public int indexOf(int value, int from) {
    return indexOf(value, from, length);
  }

  /**
   * The text of {@code [from, to)} as UTF-8, cut to what is there; malformed bytes become the
   * replacement character, line breaks and tabs a blank, other control characters a dot.
   */
  public String text(int from, int to) {
    int start = Math.clamp(from, 0, length);
    int count = Math.clamp(to, start, length) - start;
    byte[] copy = new byte[count];
    MemorySegment.copy(memory, JAVA_BYTE, offset + start, copy, 0, count);
    boolean ascii = true;
    for (int i = 0; i < count; i++) {
      byte b = copy[i];
      if (b == '\n' || b == '\r' || b == '\t') {
        copy[i] = ' ';
      } else if ((b >= 0 && b < 0x20) || b == 0x7f) {
        copy[i] = '.';
      }
      ascii &= b >= 0;
    }
    return new String(copy, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /** A copy of {@code [from, to)}, cut to what is there. */
  public byte[] copy(int from, int to) {
    int start = Math.clamp(from, 0, length);
    byte[] copy = new byte[Math.clamp(to, start, length) - start];
    MemorySegment.copy(memory, JAVA_BYTE, offset + start, copy, 0, copy.length);
    return copy;
  }

  private boolean fits(int index, int count) {
    return index >= 0 && count <= length - index;
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }
}
