/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;
import java.util.List;

/** Tells from the first bytes of a side whether it speaks MySQL. */
final class Opening {
  private static final int LONGEST_GREETING = 1024;
  private static final int LONGEST_VERSION = 80;
  private static final int LONGEST_LOGIN = 8192;
  private static final int LOGIN_FIXED = 32;
  private static final int LOGIN_FILLER = 13;
  private static final int LOGIN_FILLER_END = 31;
  private static final int GREETING_REST = 15;

  /** An answer without anything: OK, no rows, no id, status (2), warnings (2). */
  private static final int OK_LENGTH = 7;

  /** In a transaction, commits by itself; nothing else is set after a ping. */
  private static final int OK_STATUS = 0x0003;

  private static final int LARGEST_SEQUENCE = 32;

  /** What a statement begins with, in either case. */
  private static final List<String> VERBS =
      List.of(
          "select",
          "insert",
          "update",
          "delete",
          "replace",
          "set ",
          "show ",
          "begin",
          "commit",
          "rollback",
          "create ",
          "alter ",
          "drop ",
          "use ",
          "start ",
          "call ",
          "explain",
          "desc",
          "truncate",
          "with ",
          "lock ",
          "unlock ",
          "grant ",
          "revoke ",
          "kill ",
          "flush",
          "analyze",
          "savepoint",
          "release",
          "execute",
          "prepare",
          "load ",
          "do ",
          "/*",
          "(select",
          "xa ",
          "optimize",
          "rename ",
          "check ",
          "handler ",
          "deallocate");

  private Opening() {}

  /** A greeting, or the error that a server greets unwelcome clients with. */
  static Match ofServer(Bytes head) {
    int length = head.u24le(0);
    int sequence = head.u8(3);
    int kind = head.u8(4);
    if (sequence != 0 || length > LONGEST_GREETING) {
      return Match.NO;
    }
    if (kind == Packet.ERROR) {
      return refusal(head, length);
    }
    if (kind != Packet.GREETING_VERSION || length < GREETING_REST + 2) {
      return Match.NO;
    }
    int version = Packet.HEADER + 1;
    int end = head.indexOf(0, version, version + LONGEST_VERSION);
    if (!isDigit(head.u8(version)) && head.length() > version) {
      return Match.NO;
    }
    if (end < 0) {
      return head.length() - version < LONGEST_VERSION && isText(head, version, head.length())
          ? Match.MORE
          : Match.NO;
    }
    // Behind the version: the connection's id (4), a challenge (8), and a zero.
    int filler = end + 13;
    if (!isText(head, version, end)) {
      return Match.NO;
    }
    if (head.length() <= filler) {
      return Match.MORE;
    }
    return head.u8(filler) == 0 ? Match.YES : Match.NO;
  }

  private static Match refusal(Bytes head, int length) {
    int code = head.u16le(5);
    if (code < 0) {
      return Match.MORE;
    }
    int text = Packet.HEADER + 3;
    int end = Packet.HEADER + length;
    boolean plausible = code >= 1000 && code < 5000 && length > 8;
    if (!plausible || !isText(head, text, Math.min(end, head.length()))) {
      return Match.NO;
    }
    return head.length() < end ? Match.MORE : Match.YES;
  }

  /**
   * An answer in the middle of a connection: by itself it proves nothing but for the one to a ping,
   * which has no other form; the client's next command will tell.
   */
  static Match ofServerMidStream(Bytes head) {
    Match greeting = ofServer(head);
    if (greeting != Match.NO) {
      return greeting;
    }
    boolean answersPing =
        head.u24le(0) == OK_LENGTH
            && head.u8(3) == 1
            && head.u24(4) == 0
            && (head.u16le(7) & ~OK_STATUS) == 0
            && head.u16le(7) > 0
            && head.u16le(9) == 0
            && head.length() == Packet.HEADER + OK_LENGTH;
    if (answersPing) {
      return Match.YES;
    }
    return head.u8(3) <= LARGEST_SEQUENCE ? Match.MORE : Match.NO;
  }

  /** A login, or a command of a connection that is met in its middle. */
  static Match ofClient(Bytes head) {
    Match login = login(head);
    if (login != Match.NO) {
      return login;
    }
    if (head.u8(3) != 0) {
      return Match.NO;
    }
    // Pings and the like are too short to prove anything: what follows them will.
    int at = 0;
    while (head.u24le(at) == 1 && head.u8(at + 3) == 0 && isBare(head.u8(at + Packet.HEADER))) {
      at += Packet.HEADER + 1;
    }
    if (at > 0) {
      return head.length() < at + Packet.HEADER + 1 ? Match.MORE : command(head, at);
    }
    Match plain = command(head, 0);
    return plain == Match.NO ? compressed(head) : plain;
  }

  /** In a compressed connection a short command stands uncompressed behind a longer header. */
  private static Match compressed(Bytes head) {
    for (int i = Packet.HEADER; i < Packet.COMPRESSED_HEADER; i++) {
      if (head.u8(i) > 0) {
        return Match.NO;
      }
    }
    if (head.length() <= Packet.COMPRESSED_HEADER + Packet.HEADER) {
      return Match.MORE;
    }
    return framesOnePacket(head) ? command(head, Packet.COMPRESSED_HEADER) : Match.NO;
  }

  /** Whether a frame that is not compressed holds just one packet, the first of its exchange. */
  static boolean framesOnePacket(Bytes head) {
    return head.u24le(4) == 0 && head.u24le(7) == head.u24le(0) - Packet.HEADER && head.u8(10) == 0;
  }

  private static Match login(Bytes head) {
    int length = head.u24le(0);
    if (head.u8(3) != 1 || length < LOGIN_FIXED || length > LONGEST_LOGIN) {
      return Match.NO;
    }
    if (!head.has(Packet.HEADER + LOGIN_FIXED)) {
      return head.length() < Packet.HEADER + 2 ? Match.MORE : mayLogin(head);
    }
    // The last four bytes of the filler are MariaDB's own flags.
    for (int i = LOGIN_FILLER; i < LOGIN_FILLER_END - 4; i++) {
      if (head.u8(Packet.HEADER + i) != 0) {
        return Match.NO;
      }
    }
    return mayLogin(head) == Match.NO ? Match.NO : Match.YES;
  }

  private static Match mayLogin(Bytes head) {
    return (head.u16le(Packet.HEADER) & Packet.PROTOCOL_41) != 0 ? Match.MORE : Match.NO;
  }

  private static Match command(Bytes head, int at) {
    int length = head.u24le(at);
    int command = head.u8(at + Packet.HEADER);
    int body = at + Packet.HEADER + 1;
    if (length < 1) {
      return Match.NO;
    }
    if (command == Packet.QUERY || command == Packet.PREPARE) {
      return statement(head, body, length - 1);
    }
    // An execution of a prepared statement: its number (4), flags (1), and always one iteration.
    if (command == Packet.EXECUTE && length >= 10) {
      if (head.length() < body + 9) {
        return Match.MORE;
      }
      boolean once = head.u32le(body + 5) == 1 && head.u8(body + 4) <= 4;
      boolean whole = head.length() == body + length - 1;
      return once && whole && head.u32le(body) < 1 << 24 ? Match.YES : Match.NO;
    }
    return Match.NO;
  }

  private static Match statement(Bytes head, int body, int length) {
    int start = body;
    if (head.u8(start) == 0 && head.u8(start + 1) == 1) {
      start += 2; // no attributes of the query, in one set of parameters
    }
    while (head.u8(start) == ' ' || head.u8(start) == '\n' || head.u8(start) == '\t') {
      start++;
    }
    int count = head.length() - start;
    for (String verb : VERBS) {
      if (length >= verb.length() && head.atIgnoreCase(start, verb)) {
        return Match.YES;
      }
      if (count < verb.length() && head.atIgnoreCase(start, verb.substring(0, count))) {
        return Match.MORE;
      }
    }
    return Match.NO;
  }

  /** Commands that consist of their number: statistics, ping, reset. */
  private static boolean isBare(int command) {
    return command == 0x09 || command == 0x0e || command == 0x1f;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isText(Bytes head, int from, int to) {
    for (int i = from; i < to; i++) {
      int c = head.u8(i);
      if (c < ' ' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
