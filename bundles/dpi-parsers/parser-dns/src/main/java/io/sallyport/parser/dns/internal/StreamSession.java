/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;

/** DNS over TCP: each message behind its length (RFC 1035, 4.2.2; RFC 7766). */
final class StreamSession implements Session {
  /** Of a longer message, such as a zone transfer's, the beginning is read and the rest skipped. */
  private static final int READ = 4 * 1024;

  private final Sink sink;
  private int skipToServer;
  private int skipToClient;
  private boolean anything;

  StreamSession(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    while (data.consumed() < data.length()) {
      int at = data.consumed();
      int available = data.length() - at;
      int skip = skip(direction);
      if (skip > 0) {
        int count = Math.min(skip, available);
        data.consume(count);
        skip(direction, skip - count);
        continue;
      }
      int length = data.u16(at);
      if (length < 0 || available - 2 < Math.min(length, READ)) {
        return Progress.CONTINUE;
      }
      Message message = new DnsMessage(data, at + 2, length).read();
      if (message == null) {
        return anything ? Progress.LOST : Progress.NOT_MINE;
      }
      anything = true;
      data.consume(2);
      skip(direction, length);
      sink.message(direction, message);
    }
    return Progress.CONTINUE;
  }

  @Override
  public Progress gap(Direction direction, long bytes) {
    int skip = skip(direction);
    if (bytes > skip) {
      return Progress.LOST;
    }
    skip(direction, skip - (int) bytes);
    return Progress.CONTINUE;
  }

  private int skip(Direction direction) {
    return direction == Direction.TO_SERVER ? skipToServer : skipToClient;
  }

  private void skip(Direction direction, int bytes) {
    if (direction == Direction.TO_SERVER) {
      skipToServer = bytes;
    } else {
      skipToClient = bytes;
    }
  }
}
