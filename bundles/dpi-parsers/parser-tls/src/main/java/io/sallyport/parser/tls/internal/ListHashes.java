/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The hashes that fingerprints consist of. A few kinds of clients make nearly all connections, so
 * those that were wanted last are kept. Safe on any thread: an entry that two threads write at once
 * is right either way.
 */
final class ListHashes {
  /** Stands between two lists, where the text has an underscore rather than a comma. */
  static final int SEPARATOR = -1;

  private static final int PLACES = 256;
  private static final int HASH_BYTES = 6;
  private static final String DIGITS = "0123456789abcdef";

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  private static final class Known {
    final int[] values;
    final String hash;

    Known(int[] values, String hash) {
      this.values = values;
      this.hash = hash;
    }
  }

  /** The hash of the first {@code count} values, each two bytes, as JA4 writes them. */
  String of(int[] values, int count) {
    int mixed = 0;
    for (int i = 0; i < count; i++) {
      mixed = mixed * 31 + values[i];
    }
    int place = (mixed ^ mixed >>> 16) & PLACES - 1;
    Known known = places.get(place);
    if (known != null && Arrays.equals(known.values, 0, known.values.length, values, 0, count)) {
      return known.hash;
    }
    String hash = hash(values, count);
    places.set(place, new Known(Arrays.copyOf(values, count), hash));
    return hash;
  }

  private static String hash(int[] values, int count) {
    StringBuilder text = new StringBuilder(count * 5);
    for (int i = 0; i < count; i++) {
      int value = values[i];
      if (value == SEPARATOR) {
        text.append('_');
        continue;
      }
      if (i > 0 && values[i - 1] != SEPARATOR) {
        text.append(',');
      }
      for (int shift = 12; shift >= 0; shift -= 4) {
        text.append(DIGITS.charAt(value >> shift & 15));
      }
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
