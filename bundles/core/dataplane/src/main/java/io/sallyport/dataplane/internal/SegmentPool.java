/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Native memory for TCP bytes that came before their turn, in blocks of one size that are chained
 * by their numbers. It grows in slabs up to its bound and is used again, never freed before its
 * owner is.
 */
final class SegmentPool {
  static final int BLOCK = 2048;
  static final int NONE = -1;

  private static final int SLAB_BLOCKS = 128;

  private final List<MemorySegment> slabs = new ArrayList<>();
  private final int maxBlocks;
  private int[] next = new int[0];
  private int[] sequence = new int[0];
  private int[] length = new int[0];
  private int free = NONE;

  SegmentPool(long maxBytes) {
    this.maxBlocks = (int) Math.min(Integer.MAX_VALUE, maxBytes / BLOCK);
  }

  /** A block, or {@link #NONE} when all are in use. */
  int take() {
    if (free == NONE && !grow()) {
      return NONE;
    }
    int block = free;
    free = next[block];
    next[block] = NONE;
    return block;
  }

  void release(int block) {
    next[block] = free;
    free = block;
  }

  int next(int block) {
    return next[block];
  }

  void next(int block, int following) {
    next[block] = following;
  }

  int sequence(int block) {
    return sequence[block];
  }

  int length(int block) {
    return length[block];
  }

  /** Copies bytes into a block. */
  void fill(int block, int firstSequence, MemorySegment from, long offset, int count) {
    sequence[block] = firstSequence;
    length[block] = count;
    MemorySegment.copy(from, offset, memory(block), offset(block), count);
  }

  MemorySegment memory(int block) {
    return slabs.get(block / SLAB_BLOCKS);
  }

  long offset(int block) {
    return (long) (block % SLAB_BLOCKS) * BLOCK;
  }

  private boolean grow() {
    int count = next.length;
    int added = Math.min(SLAB_BLOCKS, maxBlocks - count);
    if (added <= 0) {
      return false;
    }
    slabs.add(Arena.ofAuto().allocate((long) added * BLOCK, Long.BYTES));
    next = Arrays.copyOf(next, count + added);
    sequence = Arrays.copyOf(sequence, count + added);
    length = Arrays.copyOf(length, count + added);
    for (int block = count + added - 1; block >= count; block--) {
      release(block);
    }
    return true;
  }
}
