/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;

/** Walks the extensions of a hello: type (2), length (2), content. */
final class Extensions {
  /** Told of each extension. */
  interface Visitor {
    /** An extension whose content is {@code [from, to)}. */
    void extension(int type, int from, int to);
  }

  private Extensions() {}

  /** Shows the extensions that stand, behind their common length, at {@code from}. */
  static void walk(Bytes data, int from, int end, Visitor visitor) {
    int length = data.u16(from);
    if (length < 0) {
      return;
    }
    int stop = Math.min(end, from + 2 + length);
    int at = from + 2;
    while (at + 4 <= stop) {
      int content = at + 4;
      int next = content + data.u16(at + 2);
      if (next > stop) {
        return;
      }
      visitor.extension(data.u16(at), content, next);
      at = next;
    }
  }

  /** Adds the protocols of an ALPN extension (RFC 7301), the first eight of them. */
  static void protocols(Bytes data, int from, int to, Message message) {
    int at = from + 2;
    for (int i = 0; i < 8 && at < to; i++) {
      int length = data.u8(at);
      if (length <= 0 || at + 1 + length > to) {
        return;
      }
      message.with("alpn", data.text(at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
}
