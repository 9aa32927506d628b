/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.packet;

/**
 * What the kernel counted since the ring was opened.
 *
 * @param packets packets that passed the filter, with the dropped ones
 * @param drops packets for which there was no room
 * @param freezes how often the ring was full
 */
public record RingStatistics(long packets, long drops, long freezes) {
  RingStatistics plus(int morePackets, int moreDrops, int moreFreezes) {
    return new RingStatistics(
        packets + Integer.toUnsignedLong(morePackets),
        drops + Integer.toUnsignedLong(moreDrops),
        freezes + Integer.toUnsignedLong(moreFreezes));
  }
}
