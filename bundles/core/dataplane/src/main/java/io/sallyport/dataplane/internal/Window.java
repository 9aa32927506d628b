/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * A packet's headers, read where they lie. They are read through a buffer on the capture's memory,
 * which stays the same from packet to packet: that is the cheapest road to native memory, above all
 * before the compiler has got to it. Payload is never read through it.
 */
final class Window {
  /** How much of the memory the buffer shows, where the memory is larger. */
  private static final long MAX_VIEW = 1L << 30;

  private MemorySegment memory = MemorySegment.NULL;
  private ByteBuffer view = ByteBuffer.allocate(0);
  private long start;
  private long end;

  /** Looks at another packet, or at a datagram that was put together. */
  void open(MemorySegment newMemory, long offset, long captureEnd) {
    if (newMemory != memory || offset < start || captureEnd - start > view.capacity()) {
      show(newMemory, offset);
    }
    end = captureEnd;
  }

  MemorySegment memory() {
    return memory;
  }

  int u8(long offset) {
    return view.get(at(offset, Byte.BYTES)) & 0xff;
  }

  int u16(long offset) {
    return view.getShort(at(offset, Short.BYTES)) & 0xffff;
  }

  int i32(long offset) {
    return view.getInt(at(offset, Integer.BYTES));
  }

  long i64(long offset) {
    return view.getLong(at(offset, Long.BYTES));
  }

  private int at(long offset, int count) {
    if (offset + count > end) {
      throw new IndexOutOfBoundsException("a header was read beyond the packet's end");
    }
    return (int) (offset - start);
  }

  private void show(MemorySegment newMemory, long offset) {
    long size = newMemory.byteSize();
    // Network order is a new buffer's own.
    memory = newMemory;
    start = size <= MAX_VIEW ? 0 : offset;
    view = newMemory.asSlice(start, Math.min(size - start, MAX_VIEW)).asByteBuffer();
  }
}
