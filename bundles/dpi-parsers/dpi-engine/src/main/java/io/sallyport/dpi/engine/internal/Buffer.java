/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Bytes that wait for more. Its memory is freed by the collector, so that a thread which was lost
 * in the middle of reading it can do no harm.
 */
final class Buffer {
  final MemorySegment memory;
  private int start;
  private int length;

  Buffer(int capacity) {
    memory = Arena.ofAuto().allocate(capacity, 8);
  }

  int capacity() {
    return (int) memory.byteSize();
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Adds bytes behind those that are there; there must be room for them. */
  void append(MemorySegment from, long offset, int count) {
    if (start + length + count > capacity()) {
      MemorySegment.copy(memory, start, memory, 0, length);
      start = 0;
    }
    MemorySegment.copy(from, offset, memory, start + (long) length, count);
    length += count;
  }

  /** Takes the first bytes away. */
  void drop(int count) {
    start += count;
    length -= count;
  }

  /** Takes the last bytes away again. */
  void shorten(int newLength) {
    length = newLength;
  }

  void clear() {
    start = 0;
    length = 0;
  }
}
