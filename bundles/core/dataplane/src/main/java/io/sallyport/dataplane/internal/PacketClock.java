/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/**
 * Time as packets tell it. It never goes back: where timestamps do (captures put one behind the
 * other, a clock that was set), time stands still for that step and goes on from there.
 */
final class PacketClock {
  /** Packets of different queues may be out of order by this much. */
  private static final long DISORDER = 1_000_000_000L;

  private long last = Long.MIN_VALUE;
  private long now;

  /** Takes a packet's timestamp, in nanoseconds. */
  void observe(long timestamp) {
    if (timestamp > last) {
      // The first one sets the clock.
      now = last == Long.MIN_VALUE ? timestamp : now + (timestamp - last);
      last = timestamp;
    } else if (last - timestamp > DISORDER) {
      last = timestamp;
    }
  }

  /** The time, in nanoseconds: the first timestamp and all that has passed since. */
  long now() {
    return now;
  }
}
