/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * A packet's headers. They are copied to the heap in one go, as many single reads of native memory
 * cost more than the one copy, above all before the compiler has got to them; where headers go on
 * beyond, the window follows. Payload is never read through it.
 */
final class Window {
  /** Ethernet, IPv6 and TCP with options. */
  private static final int SIZE = 112;

  private final byte[] bytes = new byte[SIZE];
  private MemorySegment memory = MemorySegment.NULL;
  private long base;
  private long end;
  private int filled;

  /** Looks at another packet, or at a datagram that was put together. */
  void open(MemorySegment newMemory, long offset, long captureEnd) {
    memory = newMemory;
    end = captureEnd;
    fill(offset);
  }

  MemorySegment memory() {
    return memory;
  }

  int u8(long offset) {
    return bytes[at(offset, 1)] & 0xff;
  }

  int u16(long offset) {
    int at = at(offset, 2);
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  int i32(long offset) {
    int at = at(offset, 4);
    return bytes[at] << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  long i64(long offset) {
    return (long) i32(offset) << 32 | (i32(offset + 4) & 0xffffffffL);
  }

  private int at(long offset, int count) {
    long index = offset - base;
    if (index >= 0 && index + count <= filled) {
      return (int) index;
    }
    fill(offset);
    if (count > filled) {
      throw new IndexOutOfBoundsException("a header was read beyond the packet's end");
    }
    return 0;
  }

  private void fill(long offset) {
    base = offset;
    filled = Math.clamp(end - offset, 0, SIZE);
    MemorySegment.copy(memory, JAVA_BYTE, offset, bytes, 0, filled);
  }
}
