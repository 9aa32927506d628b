/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/**
 * The names in an X.509 certificate (RFC 5280). Walks the DER in place; every length is checked
 * against what encloses it, and what does not fit ends the walk.
 */
final class Certificate {
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int OID = 0x06;
  private static final int BOOLEAN = 0x01;
  private static final int OCTETS = 0x04;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int MAX_NAMES = 16;

  private final Bytes data;

  // The element read last: its tag, its content.
  private int tag;
  private int begin;
  private int end;

  private Certificate(Bytes data) {
    this.data = data;
  }

  /** The names of the certificate in {@code [from, to)}; null when it has none or is malformed. */
  static @Nullable Message read(Bytes data, int from, int to) {
    Message message = Message.notice();
    new Certificate(data).certificate(from, to, message);
    return message.size() == 0 ? null : message;
  }

  /** Reads the element at {@code at}; false when it is none, or sticks out of what encloses it. */
  private boolean element(int at, int limit) {
    tag = data.u8(at);
    int length = data.u8(at + 1);
    int header = 2;
    if (length > 0x80 && length <= 0x83) {
      int count = length - 0x80;
      header += count;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | Math.max(0, data.u8(at + 2 + i));
      }
    }
    begin = at + header;
    end = begin + length;
    return tag >= 0 && length >= 0 && at + header <= limit && end <= limit;
  }

  private boolean element(int at, int limit, int expected) {
    return element(at, limit) && tag == expected;
  }

  private void certificate(int from, int to, Message message) {
    if (!element(from, to, SEQUENCE) || !element(begin, end, SEQUENCE)) {
      return;
    }
    int limit = end;
    int at = begin;
    if (element(at, limit, VERSION)) {
      at = end;
    }
    // Serial number and signature algorithm.
    for (int i = 0; i < 2; i++) {
      if (!element(at, limit)) {
        return;
      }
      at = end;
    }
    if (!element(at, limit, SEQUENCE)) {
      return;
    }
    at = end;
    name(begin, end, "issuer", message);
    // Validity.
    if (!element(at, limit) || !element(end, limit, SEQUENCE)) {
      return;
    }
    at = end;
    name(begin, end, "subject", message);
    while (element(at, limit)) {
      at = end;
      if (tag == EXTENSIONS && element(begin, end, SEQUENCE)) {
        alternativeNames(begin, end, message);
        return;
      }
    }
  }

  /** The common name of a distinguished name, or else its organisation. */
  private void name(int from, int to, String field, Message message) {
    String organisation = null;
    int at = from;
    while (element(at, to, SET)) {
      at = end;
      if (!element(begin, end, SEQUENCE)) {
        return;
      }
      int limit = end;
      if (!element(begin, limit, OID) || end - begin != 3 || data.u16(begin) != 0x5504) {
        continue;
      }
      int attribute = data.u8(begin + 2);
      if (element(end, limit)) {
        if (attribute == 3) {
          message.with(field, data.text(begin, end));
          return;
        }
        if (attribute == 10) {
          organisation = data.text(begin, end);
        }
      }
    }
    message.with(field, organisation);
  }

  /** Extensions are sequences of an identifier, a flag that may be missing, and the content. */
  private void alternativeNames(int from, int to, Message message) {
    int at = from;
    while (element(at, to, SEQUENCE)) {
      at = end;
      int limit = end;
      if (!element(begin, limit, OID) || end - begin != 3 || data.u24(begin) != 0x551d11) {
        continue;
      }
      int content = end;
      if (element(content, limit, BOOLEAN)) {
        content = end;
      }
      if (element(content, limit, OCTETS) && element(begin, end, SEQUENCE)) {
        dnsNames(begin, end, message);
      }
      return;
    }
  }

  private void dnsNames(int from, int to, Message message) {
    int at = from;
    int count = 0;
    while (count < MAX_NAMES && element(at, to)) {
      at = end;
      if (tag == DNS_NAME) {
        message.with("certificate_name", data.text(begin, end));
        count++;
      }
    }
  }
}
