/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import java.time.Duration;

/** How long to wait before the next attempt: twice as long each time. For one thread at a time. */
final class Backoff {
  private final Duration first;
  private final Duration last;
  private volatile Duration next;

  Backoff(Duration first, Duration last) {
    this.first = first;
    this.last = last;
    this.next = first;
  }

  /** From 1 s to 30 s. */
  static Backoff usual() {
    return new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(last) > 0 ? last : doubled;
    return now;
  }

  /** The last attempt succeeded. */
  void reset() {
    next = first;
  }
}
