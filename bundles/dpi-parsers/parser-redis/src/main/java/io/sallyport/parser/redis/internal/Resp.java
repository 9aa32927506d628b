/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;

/** The wire format, RESP2 and RESP3: recognises how commands and replies begin. */
final class Resp {
  /** A number that breaks the rules. */
  static final long INVALID = Long.MIN_VALUE;

  /** Redis itself takes no more arguments than this. */
  static final int ARGUMENTS = 1024 * 1024;

  private static final String SINGLE = "+-:,(#_";
  private static final String BULK = "$=!";
  private static final String AGGREGATE = "*~>%|";

  /** What only Redis says when something is wrong. */
  private static final String[] ERRORS = {
    "NOAUTH ",
    "WRONGPASS ",
    "WRONGTYPE ",
    "MOVED ",
    "ASK ",
    "LOADING ",
    "READONLY ",
    "NOPERM ",
    "NOSCRIPT ",
    "BUSY ",
    "OOM ",
    "EXECABORT ",
    "MISCONF ",
    "MASTERDOWN ",
    "CLUSTERDOWN ",
    "CROSSSLOT ",
    "TRYAGAIN ",
    "NOREPLICAS ",
    "BUSYGROUP ",
    "NOGROUP ",
    "BUSYKEY ",
    "UNKILLABLE ",
    "DENIED Redis",
    "NOPROTO ",
    "NOTBUSY ",
    "ERR unknown command",
    "ERR wrong number of arguments",
    "ERR syntax error",
    "ERR value is not",
    "ERR no such key",
    "ERR AUTH ",
    "ERR Client sent AUTH",
    "ERR invalid password",
    "ERR operation not permitted",
    "ERR index out of range",
    "ERR max number of clients",
    "ERR DB index",
    "ERR unknown subcommand",
    "ERR Protocol error"
  };

  private static final String[] STATUSES = {"PONG\r\n", "QUEUED\r\n", "FULLRESYNC ", "CONTINUE"};

  private Resp() {}

  static boolean single(int type) {
    return type >= 0 && SINGLE.indexOf(type) >= 0;
  }

  static boolean bulk(int type) {
    return type >= 0 && BULK.indexOf(type) >= 0;
  }

  static boolean aggregate(int type) {
    return type >= 0 && AGGREGATE.indexOf(type) >= 0;
  }

  /** The number in {@code [from, to)}, which may be negative, or {@link #INVALID}. */
  static long number(Bytes data, int from, int to) {
    boolean negative = data.u8(from) == '-';
    int start = negative ? from + 1 : from;
    if (to - start < 1 || to - start > 18) {
      return INVALID;
    }
    long value = 0;
    for (int i = start; i < to; i++) {
      int digit = data.u8(i) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = value * 10 + digit;
    }
    return negative ? -value : value;
  }

  /** Whether a command begins here. One in a line of text is never more than a maybe. */
  static Match command(Bytes data, int at) {
    return data.u8(at) == '*' ? array(data, at) : inline(data, at);
  }

  private static Match array(Bytes data, int at) {
    int end = lineEnd(data, at, 10);
    if (end < 0) {
      return pendingNumber(data, at + 1);
    }
    long count = number(data, at + 1, end);
    if (count < 1 || count > ARGUMENTS) {
      return Match.NO;
    }
    int bulk = end + 2;
    if (data.u8(bulk) < 0) {
      return Match.MORE;
    }
    int bulkEnd = lineEnd(data, bulk, 6);
    if (data.u8(bulk) != '$' || bulkEnd < 0) {
      return data.u8(bulk) == '$' ? pendingNumber(data, bulk + 1) : Match.NO;
    }
    long length = number(data, bulk + 1, bulkEnd);
    if (length < 1 || length > 64) {
      return Match.NO;
    }
    int word = bulkEnd + 2;
    for (int i = 0; i < length; i++) {
      int c = data.u8(word + i);
      if (c < 0) {
        return i < 2 ? Match.MORE : Match.YES;
      }
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && c != '-') {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  private static Match inline(Bytes data, int at) {
    int i = at;
    while (Character.isLetter(data.u8(i)) && data.u8(i) < 0x80 && i - at < 20) {
      i++;
    }
    int behind = data.u8(i);
    boolean word = i - at >= 2 && (behind == ' ' || behind == '\r' || behind == '\n');
    if (!word) {
      return behind < 0 && i - at < 20 ? Match.MORE : Match.NO;
    }
    int feed = data.indexOf('\n', i);
    int limit = feed < 0 ? data.length() : feed;
    for (; i < limit; i++) {
      int c = data.u8(i);
      if (c < 0x20 && c != '\r' && c != '\t') {
        return Match.NO;
      }
    }
    return Match.MORE;
  }

  /** Whether a reply begins here that nobody but Redis would give. */
  static Match reply(Bytes data, int from) {
    int at = from;
    while (data.at(at, "+OK\r\n")) {
      at += 5; // others say that too; what follows it may tell
    }
    int type = data.u8(at);
    if (type < 0) {
      return Match.MORE;
    }
    return switch (type) {
      case '+' -> among(data, at + 1, STATUSES, "OK\r\n");
      case '-' -> among(data, at + 1, ERRORS, "ERR ");
      case ':', '$', '*', '%', '~', '>' -> counted(data, at, type);
      case '_' -> data.length() - at < 3 ? Match.MORE : yes(data.at(at, "_\r\n"));
      case '#' ->
          data.length() - at < 4 ? Match.MORE : yes(data.at(at, "#t\r\n") || data.at(at, "#f\r\n"));
      default -> Match.NO;
    };
  }

  private static Match counted(Bytes data, int at, int type) {
    int end = lineEnd(data, at, 22);
    if (end < 0) {
      return pendingNumber(data, at + 1);
    }
    long number = number(data, at + 1, end);
    if (number == INVALID || (type != ':' && number < -1)) {
      return Match.NO;
    }
    int behind = end + 2;
    if (type == ':' || number <= 0) {
      return Match.YES;
    }
    if (type == '$') {
      long close = behind + number;
      return yes(data.length() < close + 2 || data.at((int) close, "\r\n"));
    }
    int next = data.u8(behind);
    return next < 0 ? Match.MORE : yes(single(next) || bulk(next) || aggregate(next));
  }

  private static Match among(Bytes data, int at, String[] known, String ambiguous) {
    boolean maybe = false;
    for (String one : known) {
      if (data.at(at, one)) {
        return Match.YES;
      }
      maybe |= begins(data, at, one);
    }
    return maybe || begins(data, at, ambiguous) || data.at(at, ambiguous) ? Match.MORE : Match.NO;
  }

  /** Whether the bytes end before they could differ from the text. */
  private static boolean begins(Bytes data, int at, String text) {
    int available = data.length() - at;
    return available < text.length() && data.at(at, text.substring(0, Math.max(0, available)));
  }

  private static Match pendingNumber(Bytes data, int from) {
    for (int i = from; i < data.length(); i++) {
      int c = data.u8(i);
      boolean fits = (c >= '0' && c <= '9') || (c == '-' && i == from);
      if (!fits && !(c == '\r' && i == data.length() - 1 && i > from)) {
        return Match.NO;
      }
    }
    return data.length() - from > 20 ? Match.NO : Match.MORE;
  }

  /** Where the line break of a short line stands, -1 when there is none. */
  private static int lineEnd(Bytes data, int at, int longest) {
    int end = data.indexOf('\r', at, at + longest);
    return end >= 0 && data.u8(end + 1) == '\n' ? end : -1;
  }

  private static Match yes(boolean condition) {
    return condition ? Match.YES : Match.NO;
  }
}
