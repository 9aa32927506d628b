/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.packet;

import io.sallyport.kernel.Fd;
import io.sallyport.kernel.net.ClassicFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a ring captures, and its size. The memory is blockSize × blockCount bytes, taken for as long
 * as the ring is open.
 *
 * @param interfaceIndex one interface, or 0 for all of the namespace, also those that come later
 * @param blockSize bytes of a block, a power of two from 4 KiB to 16 MiB; a packet that is longer
 *     is cut
 * @param blockCount blocks, at least 1
 * @param retireMillis after how long a block that is not full is given out, 1 to 1,000
 * @param ignoreOutgoing leaves out what the namespace sends itself (Linux 4.20). On {@code lo}
 *     every packet is seen twice without it; everywhere else, half of a conversation is missing
 *     with it
 * @param classicFilter what passes, or null
 * @param programFilter a loaded eBPF socket filter, or null; needs to be open only while the ring
 *     is opened
 */
public record RingSpec(
    int interfaceIndex,
    int blockSize,
    int blockCount,
    int retireMillis,
    boolean ignoreOutgoing,
    @Nullable ClassicFilter classicFilter,
    @Nullable Fd programFilter) {
  private static final int MIN_BLOCK = 1 << 12;
  private static final int MAX_BLOCK = 1 << 24;

  /** Checks the sizes. */
  public RingSpec {
    if (interfaceIndex < 0) {
      throw new IllegalArgumentException("interface index " + interfaceIndex + " is below 0");
    }
    if (Integer.bitCount(blockSize) != 1 || blockSize < MIN_BLOCK || blockSize > MAX_BLOCK) {
      throw new IllegalArgumentException(
          "block size " + blockSize + " is not a power of two from 4 KiB to 16 MiB");
    }
    if (blockCount < 1 || (long) blockCount * blockSize > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a ring has 1 or more blocks and less than 2 GiB, not " + blockCount + " blocks");
    }
    if (retireMillis < 1 || retireMillis > 1000) {
      throw new IllegalArgumentException("retire time " + retireMillis + " ms is not 1 to 1,000");
    }
    if (classicFilter != null && programFilter != null) {
      throw new IllegalArgumentException("a ring has one filter, classic or eBPF");
    }
  }

  /** All interfaces, both directions, no filter, blocks given out after 20 ms. */
  public static RingSpec everything(int blockSize, int blockCount) {
    return new RingSpec(0, blockSize, blockCount, 20, false, null, null);
  }

  /** The same, on one interface only. */
  public RingSpec on(int index) {
    return new RingSpec(
        index, blockSize, blockCount, retireMillis, ignoreOutgoing, classicFilter, programFilter);
  }

  /** The same, with another time after which a block is given out. */
  public RingSpec retiring(int millis) {
    return new RingSpec(
        interfaceIndex,
        blockSize,
        blockCount,
        millis,
        ignoreOutgoing,
        classicFilter,
        programFilter);
  }

  /** The same, without what the namespace sends itself. */
  public RingSpec incomingOnly() {
    return new RingSpec(
        interfaceIndex, blockSize, blockCount, retireMillis, true, classicFilter, programFilter);
  }

  /** The same, through a classic filter. */
  public RingSpec through(ClassicFilter filter) {
    return new RingSpec(
        interfaceIndex, blockSize, blockCount, retireMillis, ignoreOutgoing, filter, null);
  }

  /** The same, through a loaded eBPF socket filter. */
  public RingSpec through(Fd program) {
    return new RingSpec(
        interfaceIndex, blockSize, blockCount, retireMillis, ignoreOutgoing, null, program);
  }

  /** The ring's memory in bytes. */
  public long bytes() {
    return (long) blockSize * blockCount;
  }
}
