/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import io.sallyport.api.dpi.Bytes;

/**
 * Reads domain names (RFC 1035, 4.1.4). A pointer must lead backwards, so that no loop can be
 * built, and a name has at most 255 bytes.
 */
final class Names {
  private static final int LONGEST = 255;

  /** A name that breaks the rules. */
  static final int INVALID = -1;

  /** A name that goes on behind the bytes that there are. */
  static final int CUT = -2;

  private Names() {}

  /**
   * Reads a name.
   *
   * @param message where the message begins; pointers count from there
   * @param at where the name begins
   * @param end where the message ends
   * @param text takes the name, without the last dot; the root is a dot
   * @return where the bytes behind the name begin, {@link #INVALID} or {@link #CUT}
   */
  static int read(Bytes data, int message, int at, int end, StringBuilder text) {
    int start = text.length();
    int behind = 0;
    int length = 0;
    int position = at;
    int lowest = at;
    while (true) {
      int size = position < end ? data.u8(position) : -1;
      if (size < 0) {
        return behind == 0 ? CUT : INVALID;
      }
      if (size == 0) {
        if (text.length() == start) {
          text.append('.');
        }
        return behind == 0 ? position + 1 : behind;
      }
      if (size >= 0xc0) {
        int low = position + 1 < end ? data.u8(position + 1) : -1;
        if (low < 0) {
          return behind == 0 ? CUT : INVALID;
        }
        if (behind == 0) {
          behind = position + 2;
        }
        position = message + ((size & 0x3f) << 8 | low);
        if (position >= lowest || position < message + Header.LENGTH) {
          return INVALID;
        }
        lowest = position;
      } else if (size > 63 || (length += size + 1) > LONGEST) {
        return INVALID;
      } else {
        if (position + size >= end || data.u8(position + size) < 0) {
          return behind == 0 ? CUT : INVALID;
        }
        if (text.length() > start) {
          text.append('.');
        }
        label(data, position + 1, size, text);
        position += size + 1;
      }
    }
  }

  private static void label(Bytes data, int from, int size, StringBuilder text) {
    for (int i = from; i < from + size; i++) {
      int c = data.u8(i);
      text.append(c > 0x20 && c < 0x7f ? (char) c : '?');
    }
  }
}
