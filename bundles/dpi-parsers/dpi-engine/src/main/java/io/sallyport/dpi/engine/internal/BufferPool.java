/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The buffers of one worker, in four sizes, up to a bound altogether. Owner thread only. */
final class BufferPool {
  /** The largest buffer. */
  static final int LARGEST = 64 * 1024;

  private static final int[] SIZES = {512, 4 * 1024, 16 * 1024, LARGEST};

  /** Idle memory a size; what is more is left to the collector. */
  private static final long IDLE_BYTES = 2L * 1024 * 1024;

  private final List<ArrayDeque<Buffer>> idle = new ArrayList<>();
  private final long limit;
  private long inUse;

  BufferPool(long limit) {
    this.limit = limit;
    for (int ignored : SIZES) {
      idle.add(new ArrayDeque<>());
    }
  }

  /** An empty buffer of at least {@code capacity} bytes, null when the bound is reached. */
  @Nullable Buffer take(int capacity) {
    int size = sizeOf(capacity);
    if (inUse + SIZES[size] > limit) {
      return null;
    }
    inUse += SIZES[size];
    Buffer buffer = idle.get(size).pollLast();
    return buffer == null ? new Buffer(SIZES[size]) : buffer;
  }

  /**
   * A buffer with room for {@code more} bytes behind what {@code buffer} holds: itself, or a larger
   * one, into which its bytes have moved. Null when the bound is reached; {@code buffer} is then as
   * it was.
   */
  @Nullable Buffer grow(Buffer buffer, int more) {
    if (buffer.length() + more <= buffer.capacity()) {
      return buffer;
    }
    Buffer larger = take(buffer.length() + more);
    if (larger != null) {
      larger.append(buffer.memory, buffer.start(), buffer.length());
      give(buffer);
    }
    return larger;
  }

  /** Takes a buffer back. */
  void give(Buffer buffer) {
    inUse -= buffer.capacity();
    buffer.clear();
    ArrayDeque<Buffer> queue = idle.get(sizeOf(buffer.capacity()));
    if ((queue.size() + 1L) * buffer.capacity() <= IDLE_BYTES) {
      queue.addLast(buffer);
    }
  }

  /** Forgets a buffer that a lost thread may still read. */
  void forget(Buffer buffer) {
    inUse -= buffer.capacity();
  }

  /** Bytes that are taken and not given back. */
  long inUse() {
    return inUse;
  }

  private static int sizeOf(int capacity) {
    int size = 0;
    while (SIZES[size] < capacity) {
      size++;
    }
    return size;
  }
}
