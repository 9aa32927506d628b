/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import java.util.Arrays;

/** The handshake messages of one direction, out of the records they stand in. */
final class Flight {
  /** A certificate chain is the longest that is waited for. */
  private static final int LONGEST = 1 << 16;

  /** Takes messages. */
  interface Reader {
    /** A message whose body is {@code [from, to)}; false when no more is wanted. */
    boolean message(int type, Bytes data, int from, int to);
  }

  private final Reader reader;

  /** Messages that do not end with their record, joined here. */
  private byte[] joined = new byte[0];

  private int joinedCount;

  private boolean ended;
  private boolean encrypted;
  private boolean lost;
  private long skip;

  Flight(Reader reader) {
    this.reader = reader;
  }

  /** Whether everything that is wanted has been read. */
  boolean ended() {
    return ended;
  }

  /** Whether this side has begun to encrypt. */
  boolean encrypted() {
    return encrypted;
  }

  /** Whether what came was no record. */
  boolean lost() {
    return lost;
  }

  void read(Bytes data) {
    while (!ended && !lost) {
      int rest = (int) Math.min(skip, data.length() - data.consumed());
      data.consume(rest);
      skip -= rest;
      int at = data.consumed();
      if (skip > 0 || !data.has(at + TlsRecord.HEADER)) {
        return;
      }
      if (!TlsRecord.mayBegin(data, at)) {
        lost = true;
        return;
      }
      int end = at + TlsRecord.HEADER + data.u16(at + 3);
      switch (data.u8(at)) {
        case TlsRecord.HANDSHAKE -> {
          if (!data.has(end)) {
            return;
          }
          handshake(data, at + TlsRecord.HEADER, end);
        }
        case TlsRecord.CHANGE_CIPHER_SPEC, TlsRecord.APPLICATION_DATA -> {
          encrypted = true;
          ended = true;
        }
        default -> {
          // Alerts: the handshake has failed, or goes on.
        }
      }
      skip = (long) end - at;
    }
    if (ended) {
      data.consumeAll();
    }
  }

  private void handshake(Bytes data, int from, int to) {
    if (joinedCount > 0) {
      join(data, from, to);
      return;
    }
    int left = messages(data, from, to);
    if (!ended && left < to) {
      join(data, left, to);
    }
  }

  /** Adds to the unfinished message, and reads it when it is whole. */
  private void join(Bytes data, int from, int to) {
    int needed = joinedCount + to - from;
    if (needed > LONGEST) {
      ended = true;
      return;
    }
    if (needed > joined.length) {
      joined = Arrays.copyOf(joined, Math.min(LONGEST, Math.max(needed, 2 * joined.length)));
    }
    System.arraycopy(data.copy(from, to), 0, joined, joinedCount, to - from);
    joinedCount = needed;
    if (joinedCount < Handshake.HEADER || joinedCount < Handshake.HEADER + joinedLength()) {
      return;
    }
    Bytes whole = Bytes.of(Arrays.copyOf(joined, joinedCount));
    int left = messages(whole, 0, joinedCount);
    joinedCount -= left;
    System.arraycopy(joined, left, joined, 0, joinedCount);
  }

  private int joinedLength() {
    return (joined[1] & 0xff) << 16 | (joined[2] & 0xff) << 8 | (joined[3] & 0xff);
  }

  /** Shows the whole messages in {@code [from, to)}; answers where the first unfinished begins. */
  private int messages(Bytes data, int from, int to) {
    int at = from;
    while (!ended && at + Handshake.HEADER <= to) {
      int body = at + Handshake.HEADER;
      int end = body + data.u24(at + 1);
      if (end > to) {
        return at;
      }
      ended = !reader.message(data.u8(at), data, body, end);
      at = end;
    }
    return at;
  }
}
