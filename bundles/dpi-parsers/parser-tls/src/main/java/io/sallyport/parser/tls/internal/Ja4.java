/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The fingerprint JA4 of a TLS client over TCP (FoxIO's technical description, BSD-licensed part).
 */
final class Ja4 {
  private static final String NONE = "000000000000";
  private static final HexFormat HEX = HexFormat.of();

  private final ListHashes hashes;
  private final int version;
  private final boolean named;
  private final int alpnEnds;
  private int cipherCount;
  private int extensionCount;
  private String cipherHash = NONE;
  private String extensionHash = NONE;

  Ja4(ListHashes hashes, int version, boolean named, int alpnEnds) {
    this.hashes = hashes;
    this.version = version;
    this.named = named;
    this.alpnEnds = alpnEnds;
  }

  Ja4 ciphers(int[] values, int count) {
    cipherCount = count;
    if (count > 0) {
      int[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      cipherHash = hashes.of(sorted, count);
    }
    return this;
  }

  /** The extensions, and the signature algorithms that one of them names. */
  Ja4 extensions(int[] values, int count, int[] signatures, int signatureCount) {
    extensionCount = count;
    int kept = 0;
    int[] all = new int[count + 1 + signatureCount];
    for (int i = 0; i < count; i++) {
      if (values[i] != Handshake.SERVER_NAME && values[i] != Handshake.ALPN) {
        all[kept++] = values[i];
      }
    }
    Arrays.sort(all, 0, kept);
    if (signatureCount > 0) {
      all[kept++] = ListHashes.SEPARATOR;
      System.arraycopy(signatures, 0, all, kept, signatureCount);
      kept += signatureCount;
    }
    if (kept > 0) {
      extensionHash = hashes.of(all, kept);
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
    return text.append(extensionHash).toString();
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

  private static void twoDigits(StringBuilder text, int number) {
    int shown = Math.min(number, 99);
    text.append((char) ('0' + shown / 10)).append((char) ('0' + shown % 10));
  }
}
