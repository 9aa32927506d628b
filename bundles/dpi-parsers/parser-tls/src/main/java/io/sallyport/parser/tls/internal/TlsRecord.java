/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;

/** The record layer: type (1), version (2), length (2), then as many bytes. */
final class TlsRecord {
  static final int HEADER = 5;
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;
  private static final int HEARTBEAT = 24;

  /** RFC 5246 allows 2^14 bytes and 2,048 of overhead. */
  private static final int LONGEST = 16_384 + 2_048;

  /** Length (2), type (1), version (2), and the lengths of three lists (6). */
  private static final int VERSION_2_HEADER = 11;

  private static final int LARGEST_HANDSHAKE = 1 << 17;

  private TlsRecord() {}

  /** Judges by the first record. */
  static Match identify(Bytes head) {
    if (!mayBegin(head, 0)) {
      return Match.NO;
    }
    if (head.length() < HEADER + 1) {
      return Match.MORE;
    }
    int type = head.u8(0);
    int length = head.u16(3);
    return switch (type) {
      case HANDSHAKE -> handshake(head);
      case ALERT -> length == 2 ? alert(head) : followed(head, length);
      case CHANGE_CIPHER_SPEC -> length == 1 && head.u8(HEADER) == 1 ? followed(head, 1) : Match.NO;
      default -> followed(head, length);
    };
  }

  /** Whether a record may begin there, by as much of its header as there is. */
  static boolean mayBegin(Bytes data, int at) {
    int type = data.u8(at);
    int major = data.u8(at + 1);
    int minor = data.u8(at + 2);
    int length = data.u16(at + 3);
    return (type < 0 || (type >= CHANGE_CIPHER_SPEC && type <= HEARTBEAT))
        && (major < 0 || major == 3)
        && (minor < 0 || minor <= 4)
        && (length < 0 || (length > 0 && length <= LONGEST));
  }

  /** A hello of either side, or, in the middle of a handshake, another message of it. */
  private static Match handshake(Bytes head) {
    int kind = head.u8(HEADER);
    int length = head.u24(HEADER + 1);
    int version = head.u8(HEADER + 4);
    boolean hello = kind == Handshake.CLIENT_HELLO || kind == Handshake.SERVER_HELLO;
    if (hello) {
      if (version < 0) {
        return Match.MORE;
      }
      return length >= 38 && length < LARGEST_HANDSHAKE && version == 3 ? Match.YES : Match.NO;
    }
    if (kind > Handshake.FINISHED && kind != Handshake.CERTIFICATE_STATUS) {
      // Encrypted already: nothing in it can be checked.
      return followed(head, head.u16(3));
    }
    return length < LARGEST_HANDSHAKE ? followed(head, head.u16(3)) : Match.NO;
  }

  private static Match alert(Bytes head) {
    int level = head.u8(HEADER);
    int description = head.u8(HEADER + 1);
    if (description < 0) {
      return Match.MORE;
    }
    return (level == 1 || level == 2) && description <= 120 ? Match.YES : Match.NO;
  }

  /** A record that proves nothing by itself is believed when it ends where the next one begins. */
  private static Match followed(Bytes head, int length) {
    int next = HEADER + length;
    if (next > head.length()) {
      return Match.MORE;
    }
    return next == head.length() || mayBegin(head, next) ? Match.YES : Match.NO;
  }

  /** A hello in SSL 2's format, which clients once used to reach servers of any version. */
  static Match version2(Bytes head) {
    int version = head.u16(3);
    boolean begins =
        head.u8(0) >= 0x80
            && (head.u8(2) < 0 || head.u8(2) == Handshake.CLIENT_HELLO)
            && (version < 0 || version == 2 || (version >= 0x0300 && version <= 0x0303));
    if (!begins) {
      return Match.NO;
    }
    if (!head.has(VERSION_2_HEADER)) {
      return Match.MORE;
    }
    int ciphers = head.u16(5);
    int session = head.u16(7);
    int challenge = head.u16(9);
    boolean fits =
        ciphers > 0
            && ciphers % 3 == 0
            && challenge >= 16
            && challenge <= 32
            && (head.u16(0) & 0x7fff) == 9 + ciphers + session + challenge;
    return fits ? Match.YES : Match.NO;
  }
}
