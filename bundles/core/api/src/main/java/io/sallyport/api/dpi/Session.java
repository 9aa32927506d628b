/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import org.osgi.annotation.versioning.ConsumerType;

/** Reads one flow. Called by one thread at a time. */
@ConsumerType
@FunctionalInterface
public interface Session {
  /**
   * The next bytes of one direction, in order, without repetition; for UDP, one datagram. The
   * session calls {@link Bytes#consume} for what it has dealt with; the rest comes again, with more
   * behind it. {@code data} is valid during the call only.
   */
  Progress data(Direction direction, Bytes data);

  /**
   * Bytes of one direction were lost (not captured, or left out). What was kept of that direction
   * is gone too. The next {@link #data} goes on behind the gap; without resynchronising, answer
   * {@link Progress#LOST}, which is the default.
   */
  default Progress gap(Direction direction, long bytes) {
    return Progress.LOST;
  }

  /** The flow has ended. Not called after any answer but CONTINUE. */
  default void end() {}
}
