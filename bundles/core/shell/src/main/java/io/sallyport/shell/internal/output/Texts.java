/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.output;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Sizes and times for people. */
public final class Texts {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final long KIB = 1024;

  private Texts() {}

  /** {@code 512 B}, {@code 1.5 KiB}. */
  public static String bytes(long bytes) {
    if (Math.abs(bytes) < KIB) {
      return bytes + " B";
    }
    double value = bytes;
    String unit = "";
    for (String next : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
      if (Math.abs(value) < KIB) {
        break;
      }
      value /= KIB;
      unit = next;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, unit);
  }

  /** Nanoseconds as {@code 850 ns}, {@code 1.2 µs}, {@code 3.4 ms}. */
  public static String duration(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    return nanos < 1_000_000
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** How long ago a time (nanoseconds since the epoch) was: {@code 5s}, {@code 3m}, {@code 2h}. */
  public static String ago(long nanos) {
    long seconds =
        Math.max(
            0,
            TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis())
                - TimeUnit.NANOSECONDS.toSeconds(nanos));
    if (nanos == 0) {
      return "never";
    }
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 7_200) {
      return seconds / 60 + "m";
    }
    return seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }

  /** The time of day of nanoseconds since the epoch. */
  public static String clock(long nanos) {
    return CLOCK.format(Instant.ofEpochSecond(0, nanos).atZone(ZoneId.systemDefault()));
  }

  /** What came from outside, with nothing in it that a terminal would obey. */
  public static String harmless(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
