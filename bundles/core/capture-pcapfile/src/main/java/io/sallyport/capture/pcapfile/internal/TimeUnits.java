/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

/**
 * What a pcapng interface counts time in.
 *
 * @param binary whether {@code exponent} is of two, not of ten
 * @param exponent units a second are base to the power of this
 */
record TimeUnits(boolean binary, int exponent) {
  static final TimeUnits MICROSECONDS = new TimeUnits(false, 6);

  private static final long NANOS = 1_000_000_000L;
  private static final int NANO_EXPONENT = 9;
  private static final int MAX_DECIMAL = 18;
  private static final int MAX_BINARY = 63;

  /** The units of an if_tsresol option. */
  static TimeUnits of(byte resolution) {
    boolean binary = resolution < 0;
    return new TimeUnits(binary, Math.min(resolution & 0x7f, binary ? MAX_BINARY : MAX_DECIMAL));
  }

  /** A count of units, unsigned, as nanoseconds. */
  long nanos(long time) {
    if (binary) {
      // 30 bits of a fraction times a billion fit into a long.
      long fraction = time & (1L << exponent) - 1;
      long part = exponent > 30 ? fraction >>> (exponent - 30) : fraction;
      return (time >>> exponent) * NANOS + ((part * NANOS) >>> Math.min(exponent, 30));
    }
    if (exponent >= NANO_EXPONENT) {
      return Long.divideUnsigned(time, power(exponent - NANO_EXPONENT));
    }
    return time * power(NANO_EXPONENT - exponent);
  }

  private static long power(int exponent) {
    long result = 1;
    for (int i = 0; i < exponent; i++) {
      result *= 10;
    }
    return result;
  }
}
