/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;

/**
 * Recognises protocol version 3 messages by how they are built (PostgreSQL documentation, 55.7).
 */
final class Frames {
  static final int PROTOCOL_3 = 3;
  static final long SSL_REQUEST = 80_877_103L;
  static final long GSS_REQUEST = 80_877_104L;
  static final long CANCEL_REQUEST = 80_877_102L;

  /** The server takes no longer startup message. */
  static final int LONGEST_STARTUP = 10_000;

  private static final long LONGEST = 1L << 30;
  private static final int NAME = 128;
  private static final String CLIENT_TYPES = "QPBEDCSHXFdcfp";
  private static final String SERVER_TYPES = "RKSZTDCEN123nstAIGHWVdcv";

  private static final String[] STATEMENTS = {
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "START",
    "SET",
    "SHOW",
    "CREATE",
    "DROP",
    "ALTER",
    "WITH",
    "COPY",
    "EXPLAIN",
    "VACUUM",
    "TRUNCATE",
    "FETCH",
    "DECLARE",
    "CLOSE",
    "DEALLOCATE",
    "DISCARD",
    "LISTEN",
    "NOTIFY",
    "GRANT",
    "REVOKE",
    "LOCK",
    "ANALYZE",
    "SAVEPOINT",
    "RELEASE",
    "EXECUTE",
    "PREPARE",
    "CALL",
    "DO",
    "END",
    "ABORT",
    "VALUES",
    "RESET",
    "REFRESH",
    "REINDEX",
    "MERGE",
    "UNLISTEN",
    "TABLE",
    "IDENTIFY_SYSTEM",
    "START_REPLICATION"
  };

  private Frames() {}

  /** Whether a client opens a connection here: startup, cancel, or a request for encryption. */
  static Match opening(Bytes data, int at) {
    long length = data.u32(at);
    long code = data.u32(at + 4);
    if (code < 0) {
      boolean small = data.u8(at) <= 0 && data.u8(at + 1) <= 0 && data.u8(at + 2) < 0x40;
      return small ? Match.MORE : Match.NO;
    }
    if (code == SSL_REQUEST || code == GSS_REQUEST) {
      return length == 8 ? Match.YES : Match.NO;
    }
    if (code == CANCEL_REQUEST) {
      return length >= 16 && length <= 268 ? Match.YES : Match.NO;
    }
    if (code >> 16 != PROTOCOL_3 || length < 9 || length > LONGEST_STARTUP) {
      return Match.NO;
    }
    // The first parameter's name.
    for (int i = at + 8; i < at + 8 + 64; i++) {
      int c = data.u8(i);
      if (c < 0) {
        return Match.MORE;
      }
      if (c == 0) {
        return i > at + 8 || length == 9 ? Match.YES : Match.NO;
      }
      if (!nameCharacter(c)) {
        return Match.NO;
      }
    }
    return Match.NO;
  }

  /** Whether messages of one side stand here, judged by those that are there whole. */
  static Match messages(Bytes data, int from, boolean client) {
    int at = from;
    for (int count = 0; count < 3; count++) {
      int type = data.u8(at);
      if (type < 0) {
        return Match.MORE;
      }
      if ((client ? CLIENT_TYPES : SERVER_TYPES).indexOf(type) < 0) {
        return Match.NO;
      }
      long length = data.u32(at + 1);
      if (length < 0) {
        return Match.MORE;
      }
      if (length < 4 || length > LONGEST) {
        return Match.NO;
      }
      int body = at + 5;
      long end = at + 1 + length;
      boolean whole = end <= data.length();
      Match match =
          client
              ? client(data, type, body, whole ? (int) end : -1, length)
              : server(data, type, body, whole ? (int) end : -1, length);
      if (match != Match.MORE) {
        return match;
      }
      if (!whole) {
        return Match.MORE;
      }
      at = (int) end;
    }
    return Match.YES;
  }

  /** YES for what is proof alone, MORE for what is not, NO for what cannot be. */
  private static Match client(Bytes data, int type, int body, int end, long length) {
    return switch (type) {
      case 'Q' -> query(data, body, end, true);
      case 'P' -> {
        int name = terminator(data, body, body + NAME);
        if (name < 0) {
          yield data.length() - body < NAME ? Match.MORE : Match.NO;
        }
        yield query(data, name + 1, end, false);
      }
      case 'S', 'H', 'X', 'c' -> length == 4 ? Match.MORE : Match.NO;
      case 'D', 'C' -> {
        int what = data.u8(body);
        yield what < 0 || ((what == 'S' || what == 'P') && closed(data, end))
            ? Match.MORE
            : Match.NO;
      }
      case 'B', 'E' -> {
        int name = terminator(data, body, body + NAME);
        yield name < 0 && data.length() - body >= NAME ? Match.NO : Match.MORE;
      }
      case 'd', 'F' -> length > 4 ? Match.MORE : Match.NO;
      case 'f', 'p' -> closed(data, end) || type == 'p' ? Match.MORE : Match.NO;
      default -> Match.NO;
    };
  }

  private static Match query(Bytes data, int from, int end, boolean last) {
    int at = from;
    while (data.u8(at) == ' '
        || data.u8(at) == '\n'
        || data.u8(at) == '\r'
        || data.u8(at) == '\t') {
      at++;
    }
    int first = data.u8(at);
    if (first < 0) {
      return Match.MORE;
    }
    if (last && end >= 0 && data.u8(end - 1) != 0) {
      return Match.NO;
    }
    for (String statement : STATEMENTS) {
      if (data.atIgnoreCase(at, statement) && !nameCharacter(data.u8(at + statement.length()))) {
        return Match.YES;
      }
    }
    boolean text = first == '-' || first == '/' || first == '(' || first == 0 || letter(first);
    return text ? Match.MORE : Match.NO;
  }

  private static Match server(Bytes data, int type, int body, int end, long length) {
    return switch (type) {
      case 'R' -> {
        long method = data.u32(body);
        yield length < 8 || method > 12 ? Match.NO : method < 0 ? Match.MORE : Match.YES;
      }
      case 'Z' -> {
        int state = data.u8(body);
        yield length != 5 || (state >= 0 && "ITE".indexOf(state) < 0)
            ? Match.NO
            : state < 0 ? Match.MORE : Match.YES;
      }
      case 'K' -> length >= 12 && length <= 264 ? Match.MORE : Match.NO;
      case '1', '2', '3', 'n', 's', 'I', 'c' -> length == 4 ? Match.MORE : Match.NO;
      case 'E', 'N' -> severity(data, body);
      case 'C' -> {
        int first = data.u8(body);
        yield length > 68 || !closed(data, end) || (first >= 0 && (first < 'A' || first > 'Z'))
            ? Match.NO
            : Match.MORE;
      }
      case 'S' -> {
        int first = data.u8(body);
        yield length > 4_096 || !closed(data, end) || (first >= 0 && !letter(first))
            ? Match.NO
            : Match.MORE;
      }
      case 'T', 't' -> data.u16(body) > 1_664 ? Match.NO : Match.MORE;
      case 'D' -> data.u16(body) > 1_664 || length < 6 ? Match.NO : Match.MORE;
      case 'A' -> length >= 10 && closed(data, end) ? Match.MORE : Match.NO;
      default -> Match.MORE;
    };
  }

  /** An error or notice begins with its severity. */
  private static Match severity(Bytes data, int body) {
    if (data.u8(body) < 0 || data.length() - body < 10) {
      return data.u8(body) == 'S' || data.u8(body) < 0 ? Match.MORE : Match.NO;
    }
    int end = terminator(data, body, body + 20);
    boolean field = data.u8(body) == 'S' && end > body + 3;
    // The second field repeats it untranslated, or gives the code.
    int next = field ? data.u8(end + 1) : -1;
    return field && (next < 0 || next == 'V' || next == 'C') ? Match.YES : Match.NO;
  }

  /** Whether a message ends with a zero, as far as its end has come. */
  private static boolean closed(Bytes data, int end) {
    return end < 0 || data.u8(end - 1) == 0;
  }

  private static int terminator(Bytes data, int from, int to) {
    return data.indexOf(0, from, to);
  }

  private static boolean nameCharacter(int c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
  }

  private static boolean letter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
