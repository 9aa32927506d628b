/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/**
 * Counters of one owner thread. Only the owner adds; any thread may read. Adding is a plain write,
 * as it happens several times a packet: a reader sees each number whole, and as it was a moment
 * ago.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array of this class, kept nowhere else
final class Counters {
  private final long[] values = new long[Counter.values().length];

  void add(Counter counter) {
    values[counter.ordinal()]++;
  }

  void add(Counter counter, long amount) {
    values[counter.ordinal()] += amount;
  }

  long get(Counter counter) {
    return values[counter.ordinal()];
  }
}
