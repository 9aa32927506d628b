/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what happens elsewhere. The limits are for a busy machine, not for what is expected.
 */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  /**
   * Waits until the condition holds.
   *
   * @throws HarnessException when it does not within the time; with what was waited for
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    value(what, limit, condition::getAsBoolean, Boolean::booleanValue);
  }

  /**
   * Waits until the source gives a value that is accepted, and answers that.
   *
   * @throws HarnessException when there is none within the time; with the last value
   */
  public static <T> T value(
      String what, Duration limit, Supplier<T> source, Predicate<T> accepted) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      T value = source.get();
      if (accepted.test(value)) {
        return value;
      }
      if (System.nanoTime() > end) {
        throw new HarnessException(
            "waited " + limit.toSeconds() + " s in vain for " + what + "; last seen: " + value);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HarnessException("interrupted while waiting for " + what, e);
      }
    }
  }
}
