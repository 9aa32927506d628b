/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;

/**
 * Reads the handshake as far as it is in the clear. Nothing makes another protocol of TLS, so it is
 * done as soon as both sides have said what they say.
 */
final class TlsSession implements Session {
  private final Sink sink;
  private final ListHashes hashes;
  private final Flight client = new Flight(this::fromClient);
  private final Flight server = new Flight(this::fromServer);
  private boolean begun;

  TlsSession(Sink sink, ListHashes hashes) {
    this.sink = sink;
    this.hashes = hashes;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    if (!begun) {
      Match old = TlsRecord.version2(data);
      if (old == Match.MORE) {
        return Progress.CONTINUE;
      }
      begun = true;
      if (old == Match.YES) {
        version2(direction, data);
      }
    }
    Flight flight = direction == Direction.TO_SERVER ? client : server;
    flight.read(data);
    if (flight.lost()) {
      return Progress.LOST;
    }
    // A client may go on to encrypt while the server's certificate is still to come.
    return server.ended() || (client.ended() && client.encrypted())
        ? Progress.DONE
        : Progress.CONTINUE;
  }

  private void version2(Direction direction, Bytes data) {
    sink.message(
        direction, Message.notice().with("client_version", Handshake.version(data.u16(3))));
    data.consume(2 + (data.u16(0) & 0x7fff));
  }

  private boolean fromClient(int type, Bytes data, int from, int to) {
    if (type == Handshake.CLIENT_HELLO) {
      Message message = ClientHello.read(data, from, to, hashes);
      if (message != null) {
        sink.message(Direction.TO_SERVER, message);
      }
    }
    return true;
  }

  private boolean fromServer(int type, Bytes data, int from, int to) {
    switch (type) {
      case Handshake.SERVER_HELLO -> {
        ServerHello hello = ServerHello.read(data, from, to);
        if (hello != null) {
          sink.message(Direction.TO_CLIENT, hello.message());
          // In TLS 1.3 everything behind the server's hello is encrypted.
          return hello.version() < Handshake.TLS_1_3;
        }
      }
      case Handshake.CERTIFICATE -> {
        // A list of three-byte lengths and certificates; the first is the server's own.
        int first = from + 6;
        int end = Math.min(to, first + Math.max(0, data.u24(from + 3)));
        Message names = Certificate.read(data, first, end);
        if (names != null) {
          sink.message(Direction.TO_CLIENT, names);
        }
        return false;
      }
      case Handshake.SERVER_HELLO_DONE -> {
        return false;
      }
      default -> {
        // Key exchange, certificate status: nothing to tell.
      }
    }
    return true;
  }
}
