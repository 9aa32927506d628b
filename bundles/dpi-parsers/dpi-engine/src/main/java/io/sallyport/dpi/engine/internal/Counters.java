/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the engine has cut, left out or given up. Safe on any thread. */
final class Counters {
  /** What is counted, by the name that users see. */
  enum Cut {
    /** An attribute left out or cut at its bound. */
    ATTRIBUTES("attributes_cut"),
    /** A message whose fields were left out or cut at their bound. */
    MESSAGES("messages_cut"),
    /** A flow ended because its session wanted to keep more than the bound of bytes. */
    REMAINDERS("flows_over_remainder_bound"),
    /** A flow ended because the worker's buffers were all in use. */
    BUFFERS("flows_without_buffer"),
    /** A flow that changed protocols more often than the bound. */
    SWITCHES("flows_over_switch_bound"),
    /** A flow whose reading ended because its parser left, or hung again. */
    ORPHANS("flows_whose_parser_left"),
    /** A flow that no parser recognised. */
    UNKNOWN("flows_unknown"),
    /** A listener that threw. */
    LISTENERS("listener_errors");

    private final String label;

    Cut(String label) {
      this.label = label;
    }
  }

  private final EnumMap<Cut, LongAdder> counts = new EnumMap<>(Cut.class);

  Counters() {
    for (Cut cut : Cut.values()) {
      counts.put(cut, new LongAdder());
    }
  }

  @SuppressWarnings("NullAway") // every constant has been put by the constructor
  void count(Cut cut) {
    counts.get(cut).increment();
  }

  Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((cut, count) -> snapshot.put(cut.label, count.sum()));
    return snapshot;
  }
}
