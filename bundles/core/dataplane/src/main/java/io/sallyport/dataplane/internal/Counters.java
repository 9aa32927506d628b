/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counters of one owner thread. Only the owner adds; any thread may read, and sees each number
 * whole and at most a moment old.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array of this class, kept nowhere else
final class Counters {
  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] values = new long[Counter.values().length];

  void add(Counter counter) {
    add(counter, 1);
  }

  void add(Counter counter, long amount) {
    int index = counter.ordinal();
    VALUE.setOpaque(values, index, values[index] + amount);
  }

  long get(Counter counter) {
    return (long) VALUE.getOpaque(values, counter.ordinal());
  }
}
