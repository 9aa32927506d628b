/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The start line and headers of one message, read line by line. */
final class Head {
  /** Header lines beyond this many are not looked at. */
  private static final int LINES = 256;

  final Message message;
  final boolean request;
  private int lines;
  private int status;
  private long contentLength = -1;
  private boolean chunked;
  private boolean invalid;
  private boolean upgrade;
  private boolean expects;
  private Pending.Expectation expectation = Pending.Expectation.ORDINARY;

  private Head(Message message, boolean request) {
    this.message = message;
    this.request = request;
  }

  /** Reads a request line that {@link StartLine#request} has recognised. */
  static Head request(Bytes data, int from, int end) {
    Head head = new Head(Message.request(), true);
    int space = StartLine.methodEnd(data, from);
    int version = StartLine.versionStart(data, space, end);
    int target = space + 1;
    int targetEnd = version < 0 ? end : version;
    String method = data.text(from, space);
    head.message.with("method", method).with("path", path(data.text(target, targetEnd)));
    if (version >= 0) {
      head.message.with("version", data.text(version + 6, version + 9));
    }
    head.expectation =
        switch (method) {
          case "HEAD" -> Pending.Expectation.HEAD;
          case "CONNECT" -> Pending.Expectation.TUNNEL;
          default -> Pending.Expectation.ORDINARY;
        };
    return head;
  }

  /** Reads a status line that {@link StartLine#response} has recognised. */
  static Head response(Bytes data, int from) {
    Head head = new Head(Message.response(), false);
    head.status =
        (data.u8(from + 9) - '0') * 100
            + (data.u8(from + 10) - '0') * 10
            + data.u8(from + 11)
            - '0';
    head.message
        .with("status", Integer.toString(head.status))
        .with("version", data.text(from + 5, from + 8));
    return head;
  }

  /** Reads one header line. */
  void line(Bytes data, int from, int end) {
    int colon = data.indexOf(':', from, end);
    if (colon < 0 || ++lines > LINES) {
      return;
    }
    int start = colon + 1;
    int stop = end;
    while (start < stop && blank(data.u8(start))) {
      start++;
    }
    while (stop > start && blank(data.u8(stop - 1))) {
      stop--;
    }
    switch (colon - from) {
      case 3 -> trace(data, from, "sw8", start, stop);
      case 4 -> field(data, from, "host", "host", start, stop);
      case 6 -> {
        field(data, from, "server", "server", start, stop);
        expects |= data.atIgnoreCase(from, "expect");
      }
      case 7 -> {
        field(data, from, "referer", "referer", start, stop);
        if (data.atIgnoreCase(from, "upgrade")) {
          upgrade = true;
          message.with("upgrade", data.text(start, stop));
        }
      }
      case 8 -> field(data, from, "location", "location", start, stop);
      case 10 -> field(data, from, "user-agent", "user_agent", start, stop);
      case 11 -> {
        trace(data, from, "traceparent", start, stop);
      }
      case 12 -> {
        field(data, from, "content-type", "content_type", start, stop);
        field(data, from, "x-request-id", "request_id", start, stop);
        field(data, from, "x-b3-traceid", "trace_id", start, stop);
      }
      case 14 -> length(data, from, start, stop);
      case 15 -> field(data, from, "x-forwarded-for", "client_ip", start, stop);
      case 17 -> transferEncoding(data, from, start, stop);
      default -> {}
    }
  }

  int status() {
    return status;
  }

  /** Bytes of body, -1 where the headers do not say. */
  long contentLength() {
    return chunked ? -1 : contentLength;
  }

  boolean chunked() {
    return chunked;
  }

  /** Whether the length of the body cannot be known, as the headers contradict each other. */
  boolean invalid() {
    return invalid;
  }

  /** Whether the client holds its body back until the server asks for it. */
  boolean expects() {
    return expects;
  }

  Pending.Expectation expectation() {
    return expectation;
  }

  /** Whether what the client sends next depends on the answer. */
  boolean mayLeaveHttp() {
    return upgrade || expectation == Pending.Expectation.TUNNEL;
  }

  private void field(Bytes data, int at, String header, String name, int start, int stop) {
    if (data.atIgnoreCase(at, header)) {
      message.with(name, data.text(start, stop));
    }
  }

  /** Both headers have the trace's number as their second part; SkyWalking encodes it. */
  private void trace(Bytes data, int at, String header, int start, int stop) {
    int from = data.indexOf('-', start, stop) + 1;
    int to = from == 0 ? -1 : data.indexOf('-', from, stop);
    if (to < 0 || !data.atIgnoreCase(at, header)) {
      return;
    }
    String part = data.text(from, to);
    if (!header.equals("sw8")) {
      message.with("trace_id", part);
      return;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(part);
      message.with("trace_id", new String(decoded, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      message.with("trace_id", part); // not encoded after all
    }
  }

  private void length(Bytes data, int at, int start, int stop) {
    if (!data.atIgnoreCase(at, "content-length")) {
      return;
    }
    long value = start == stop ? -1 : 0;
    for (int i = start; i < stop && value >= 0; i++) {
      int digit = data.u8(i) - '0';
      value = digit < 0 || digit > 9 || i - start > 17 ? -1 : value * 10 + digit;
    }
    invalid |= value < 0 || (contentLength >= 0 && contentLength != value);
    contentLength = value;
    message.with("content_length", data.text(start, stop));
  }

  private void transferEncoding(Bytes data, int at, int start, int stop) {
    // Only the last coding counts, and only if it is chunked does the body say where it ends.
    if (data.atIgnoreCase(at, "transfer-encoding")) {
      chunked = data.atIgnoreCase(stop - 7, "chunked") && stop - 7 >= start;
    }
  }

  /** The target without a password that stands in it ({@code http://user:secret@host/}). */
  private static String path(String target) {
    int authority = target.indexOf("://");
    if (authority < 0) {
      return target;
    }
    int slash = target.indexOf('/', authority + 3);
    int at = target.lastIndexOf('@', slash < 0 ? target.length() : slash);
    return at < authority ? target : target.substring(0, authority + 3) + target.substring(at + 1);
  }

  private static boolean blank(int c) {
    return c == ' ' || c == '\t';
  }
}
