/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Match;

/** Recognises the first line of a request or a response (RFC 9112, 3 and 4). */
final class StartLine {
  /** The registered methods, and those of WebDAV and its kin (IANA HTTP Method Registry). */
  private static final String[] METHODS = {
    "GET ",
    "POST ",
    "HEAD ",
    "PUT ",
    "DELETE ",
    "OPTIONS ",
    "PATCH ",
    "CONNECT ",
    "TRACE ",
    "PROPFIND ",
    "PROPPATCH ",
    "MKCOL ",
    "COPY ",
    "MOVE ",
    "LOCK ",
    "UNLOCK ",
    "REPORT ",
    "SEARCH ",
    "MKCALENDAR ",
    "ACL ",
    "BIND ",
    "UNBIND ",
    "REBIND ",
    "CHECKIN ",
    "CHECKOUT ",
    "UNCHECKOUT ",
    "LABEL ",
    "LINK ",
    "UNLINK ",
    "MERGE ",
    "MKACTIVITY ",
    "MKREDIRECTREF ",
    "MKWORKSPACE ",
    "ORDERPATCH ",
    "UPDATE ",
    "UPDATEREDIRECTREF ",
    "VERSION-CONTROL ",
    "BASELINE-CONTROL ",
    "PURGE ",
    "BCOPY ",
    "BDELETE ",
    "BMOVE ",
    "BPROPFIND ",
    "BPROPPATCH ",
    "NOTIFY ",
    "POLL ",
    "SUBSCRIBE ",
    "UNSUBSCRIBE ",
    "X-MS-ENUMATTS ",
    "RPC_IN_DATA ",
    "RPC_OUT_DATA ",
    "SOURCE ",
    "M-SEARCH ",
    "M-POST ",
    "QUERY ",
    "PRI "
  };

  private static final String VERSION = " HTTP/";

  /** A target this long without an end of line is taken for one. */
  private static final int PLAUSIBLE_TARGET = 512;

  /** How far from the end of the line the version is looked for. */
  private static final int VERSION_SLACK = 12;

  private StartLine() {}

  /** Whether a request line stands at {@code from}. */
  static Match request(Bytes data, int from) {
    int space = methodEnd(data, from);
    if (space < 0) {
      return space == INCOMPLETE ? Match.MORE : Match.NO;
    }
    int end = data.indexOf('\n', space);
    if (end >= 0) {
      return versioned(data, space, lineEnd(data, end));
    }
    for (int i = space + 1; i < data.length(); i++) {
      int c = data.u8(i);
      if (c < 0x20 && c != '\t' && !(c == '\r' && i == data.length() - 1)) {
        return Match.NO;
      }
    }
    boolean target =
        data.u8(space + 1) == '/'
            || data.atIgnoreCase(space + 1, "http://")
            || data.atIgnoreCase(space + 1, "https://");
    return target && data.length() - space > PLAUSIBLE_TARGET ? Match.YES : Match.MORE;
  }

  /** Without a version, or with one in the wrong place, only the answer can tell. */
  private static Match versioned(Bytes data, int methodEnd, int lineEnd) {
    if (versionStart(data, methodEnd, lineEnd) >= 0) {
      return Match.YES;
    }
    boolean other = data.at(lineEnd - 4, "/2.0") || data.at(lineEnd - 4, "/1.0");
    return other ? Match.NO : Match.MORE;
  }

  /** Whether a status line stands at {@code from}. */
  static Match response(Bytes data, int from) {
    for (int i = 0; i < 12; i++) {
      int c = data.u8(from + i);
      if (c < 0) {
        return Match.MORE;
      }
      boolean fits =
          switch (i) {
            case 0, 1, 2, 3, 4 -> c == "HTTP/".charAt(i);
            case 5 -> c == '1' || c == '0';
            case 6 -> c == '.';
            case 8 -> c == ' ';
            case 9 -> c >= '1' && c <= '9';
            default -> c >= '0' && c <= '9';
          };
      if (!fits) {
        return Match.NO;
      }
    }
    return Match.YES;
  }

  /**
   * Where the blank before the version of a request line stands, -1 when there is none. The
   * version's number may be damaged, but not be that of a later, binary HTTP.
   */
  static int versionStart(Bytes data, int methodEnd, int lineEnd) {
    int latest = lineEnd - VERSION.length() - 1;
    for (int at = latest; at > methodEnd && at > latest - VERSION_SLACK; at--) {
      if (data.at(at, VERSION)) {
        int major = data.u8(at + VERSION.length());
        return major == '2' || major == '3' ? -1 : at;
      }
    }
    return -1;
  }

  /** The end of a line without its line break, from where its line feed stands. */
  static int lineEnd(Bytes data, int lineFeed) {
    return data.u8(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
  }

  static final int INCOMPLETE = -1;
  private static final int NONE = -2;

  /** Where the blank behind the method stands; {@link #INCOMPLETE}, or less when there is none. */
  static int methodEnd(Bytes data, int from) {
    int available = data.length() - from;
    int first = data.u8(from);
    boolean incomplete = available <= 0;
    for (String method : METHODS) {
      if (method.charAt(0) != first) {
        continue;
      }
      if (data.at(from, method)) {
        return from + method.length() - 1;
      }
      incomplete |=
          available < method.length() && method.startsWith(data.text(from, from + available));
    }
    return incomplete ? INCOMPLETE : NONE;
  }
}
