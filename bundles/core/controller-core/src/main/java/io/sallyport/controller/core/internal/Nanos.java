/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import java.time.Duration;
import java.time.Instant;

/** Time as nanoseconds since the epoch. */
final class Nanos {
  private static final long SECOND = 1_000_000_000L;

  private Nanos() {}

  static long of(Instant instant) {
    return instant.getEpochSecond() * SECOND + instant.getNano();
  }

  static long now() {
    return of(Instant.now());
  }

  static long hours(long hours) {
    return Duration.ofHours(hours).toNanos();
  }

  static long minutes(long minutes) {
    return Duration.ofMinutes(minutes).toNanos();
  }
}
