/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import java.util.HexFormat;

/** Numbers of the handshake. */
final class Handshake {
  static final int CLIENT_HELLO = 1;
  static final int SERVER_HELLO = 2;
  static final int CERTIFICATE = 11;
  static final int SERVER_HELLO_DONE = 14;
  static final int FINISHED = 20;
  static final int CERTIFICATE_STATUS = 22;

  /** Type (1) and length (3). */
  static final int HEADER = 4;

  static final int SERVER_NAME = 0;
  static final int SIGNATURE_ALGORITHMS = 13;
  static final int ALPN = 16;
  static final int SUPPORTED_VERSIONS = 43;

  static final int TLS_1_3 = 0x0304;

  private Handshake() {}

  /** A version's usual name. */
  static String version(int version) {
    return switch (version) {
      case 0x0002 -> "SSLv2";
      case 0x0300 -> "SSLv3";
      case 0x0301 -> "TLSv1.0";
      case 0x0302 -> "TLSv1.1";
      case 0x0303 -> "TLSv1.2";
      case TLS_1_3 -> "TLSv1.3";
      default -> hex(version);
    };
  }

  /** A number of two bytes. */
  static String hex(int value) {
    return "0x" + HexFormat.of().toHexDigits((short) value);
  }

  /** Values that clients strew in so that servers stay tolerant (RFC 8701). */
  static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
  }
}
