/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/**
 * A server's hello: what was agreed on.
 *
 * @param version the version
 * @param message what to report
 */
record ServerHello(int version, Message message) {
  /** Reads a hello whose body is {@code [from, to)}; null when it is malformed. */
  static @Nullable ServerHello read(Bytes data, int from, int to) {
    int session = from + 34;
    int cipher = session + 1 + data.u8(session);
    if (data.u8(session) < 0 || cipher + 3 > to) {
      return null;
    }
    int[] version = {data.u16(from)};
    Message message = Message.notice();
    Extensions.walk(
        data,
        cipher + 3,
        to,
        (type, begin, end) -> {
          if (type == Handshake.SUPPORTED_VERSIONS && end - begin == 2) {
            version[0] = data.u16(begin);
          } else if (type == Handshake.ALPN) {
            Extensions.protocols(data, begin, end, message);
          }
        });
    message
        .with("version", Handshake.version(version[0]))
        .with("cipher", Handshake.hex(data.u16(cipher)));
    return new ServerHello(version[0], message);
  }
}
