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

/**
 * The fingerprint JA4 of a TLS client over TCP (FoxIO's technical description, BSD-licensed part).
 */
final class Ja4 {
  private static final String NONE = "000000000000";
  private static final int HASH_BYTES = 6;
  private static final HexFormat HEX = HexFormat.of();

  private final int version;
  private final boolean named;
  private final int alpnEnds;
  private int cipherCount;
  private int extensionCount;
  private String cipherHash = NONE;
  private final StringBuilder extensionText = new StringBuilder();

  Ja4(int version, boolean named, int alpnEnds) {
    this.version = version;
    this.named = named;
    this.alpnEnds = alpnEnds;
  }

  Ja4 ciphers(int[] values, int count) {
    cipherCount = count;
    if (count > 0) {
      StringBuilder text = new StringBuilder(count * 5);
      append(text, sorted(values, count), count);
      cipherHash = hash(text);
    }
    return this;
  }

  Ja4 extensions(int[] values, int count) {
    extensionCount = count;
    int kept = 0;
    int[] others = new int[count];
    for (int i = 0; i < count; i++) {
      if (values[i] != Handshake.SERVER_NAME && values[i] != Handshake.ALPN) {
        others[kept++] = values[i];
      }
    }
    append(extensionText, sorted(others, kept), kept);
    return this;
  }

  Ja4 signatures(int[] values, int count) {
    if (count > 0) {
      extensionText.append('_');
      append(extensionText, values, count);
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(36).append('t').append(versionText());
    text.append(named ? 'd' : 'i');
    twoDigits(text, cipherCount);
    twoDigits(text, extensionCount);
    text.append(alpnText()).append('_').append(cipherHash).append('_');
    return text.append(extensionText.isEmpty() ? NONE : hash(extensionText)).toString();
  }

  private String versionText() {
    return switch (version) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private String alpnText() {
    if (alpnEnds < 0) {
      return "00";
    }
    int first = alpnEnds >> 8;
    int last = alpnEnds & 0xff;
    if (isAlphanumeric(first) && isAlphanumeric(last)) {
      return "" + (char) first + (char) last;
    }
    return HEX.toHexDigits((byte) first).substring(0, 1)
        + HEX.toHexDigits((byte) last).substring(1);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int[] sorted(int[] values, int count) {
    int[] copy = Arrays.copyOf(values, count);
    Arrays.sort(copy);
    return copy;
  }

  private static void append(StringBuilder text, int[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(',');
      }
      text.append(HEX.toHexDigits((short) values[i]));
    }
  }

  private static void twoDigits(StringBuilder text, int number) {
    int shown = Math.min(number, 99);
    text.append((char) ('0' + shown / 10)).append((char) ('0' + shown % 10));
  }

  private static String hash(CharSequence text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.US_ASCII));
      return HEX.formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
