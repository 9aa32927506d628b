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

/** DNS over UDP: each datagram is a message; one that is none is passed over. */
final class DatagramSession implements Session {
  private final Sink sink;

  DatagramSession(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    DnsMessage datagram = new DnsMessage(data, 0, data.length());
    Message message = datagram.read();
    data.consumeAll();
    if (datagram.dnscrypt()) {
      return Progress.NOT_MINE;
    }
    if (message != null) {
      sink.message(direction, message);
    }
    return Progress.CONTINUE;
  }

  @Override
  public Progress gap(Direction direction, long bytes) {
    return Progress.CONTINUE;
  }
}
