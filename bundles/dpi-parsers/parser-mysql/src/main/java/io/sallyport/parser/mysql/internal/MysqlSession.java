/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;

/**
 * Reads greeting, login, commands and the first packet of each answer. Never ends by itself: until
 * the login is over the client may ask for TLS.
 */
final class MysqlSession implements Session {
  private static final int LOGIN_USER = 32;
  private static final int SSL_REQUEST_LENGTH = 32;
  private static final int MAX_MESSAGE = 512;

  private enum Phase {
    /** The server greets, the client logs in. */
    LOGIN,
    /** A login was answered, or the connection was met in its middle. */
    COMMANDS
  }

  private final Sink sink;
  private final Side client = new Side();
  private final Side server = new Side();
  private Phase phase = Phase.LOGIN;
  private boolean begun;
  private boolean compress;
  private boolean tls;

  /** A command awaits its answer. */
  private boolean asked;

  MysqlSession(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    if (!begun && data.length() >= Packet.COMPRESSED_HEADER + Packet.HEADER) {
      begin(direction, data);
    }
    boolean on =
        direction == Direction.TO_SERVER
            ? client.read(data, this::fromClient)
            : server.read(data, this::fromServer);
    if (tls) {
      // The request for TLS is the packet before: what follows is a TLS handshake.
      data.consume(Packet.HEADER + SSL_REQUEST_LENGTH);
      return Progress.WRAPPED;
    }
    return on ? Progress.CONTINUE : Progress.LOST;
  }

  /** Sees by the first bytes whether this is the middle of a connection, and of which kind. */
  private void begin(Direction direction, Bytes data) {
    begun = true;
    if (direction == Direction.TO_SERVER && data.u8(3) == 0) {
      phase = Phase.COMMANDS;
      if (!Packet.isCommand(data.u8(4)) || Opening.framesOnePacket(data)) {
        client.compress();
        server.compress();
      }
    }
  }

  private boolean fromClient(Bytes data, int from, int to, int sequence) {
    if (phase == Phase.COMMANDS) {
      return sequence != 0 || command(data, from, to);
    }
    if (sequence == 0 && to > from && Packet.isCommand(data.u8(from))) {
      phase = Phase.COMMANDS; // the answer to the login was not seen
      return command(data, from, to);
    }
    int flags = (int) data.u32le(from);
    if (sequence != 1 || to - from < LOGIN_USER || (flags & Packet.PROTOCOL_41) == 0) {
      return true; // a proof of the password: not to be read
    }
    if ((flags & Packet.SSL) != 0 && to - from == SSL_REQUEST_LENGTH) {
      tls = true;
      return false;
    }
    login(data, from, to, flags);
    return true;
  }

  private void login(Bytes data, int from, int to, int flags) {
    compress = (flags & Packet.COMPRESS) != 0;
    int user = from + LOGIN_USER;
    int userEnd = data.indexOf(0, user, to);
    if (userEnd < 0) {
      return;
    }
    Message message =
        Message.request().with("command", "LOGIN").with("user", data.text(user, userEnd));
    if ((flags & Packet.CONNECT_WITH_DB) != 0) {
      int proof = userEnd + 1;
      boolean counted = (flags & (Packet.SECURE_CONNECTION | Packet.PLUGIN_AUTH_LENENC)) != 0;
      int database =
          counted ? proof + 1 + Math.max(0, data.u8(proof)) : data.indexOf(0, proof, to) + 1;
      int end = data.indexOf(0, database, to);
      if (end > database) {
        message.with("database", data.text(database, end));
      }
    }
    sink.message(Direction.TO_SERVER, message);
  }

  private boolean command(Bytes data, int from, int to) {
    int command = data.u8(from);
    if (!Packet.isCommand(command)) {
      return false;
    }
    asked = Packet.isAnswered(command);
    Message message = Message.request().with("command", Packet.command(command));
    switch (command) {
      case Packet.QUERY, Packet.PREPARE -> {
        boolean attributes = data.u8(from + 1) == 0 && data.u8(from + 2) == 1;
        message.with("query", data.text(from + (attributes ? 3 : 1), to));
      }
      case Packet.INIT_DB -> message.with("database", data.text(from + 1, to));
      case Packet.EXECUTE -> message.with("statement", Long.toString(data.u32le(from + 1)));
      default -> {
        // The command says it all.
      }
    }
    sink.message(Direction.TO_SERVER, message);
    return true;
  }

  private boolean fromServer(Bytes data, int from, int to, int sequence) {
    int kind = data.u8(from);
    if (phase == Phase.LOGIN) {
      if (sequence == 0) {
        greeting(data, from, to, kind);
      } else if (kind == Packet.OK || kind == Packet.ERROR) {
        answer(data, from, to, kind);
        phase = Phase.COMMANDS;
        if (kind == Packet.OK && compress) {
          client.compress();
          server.compress();
        }
      }
    } else if (asked && sequence == 1) {
      asked = false;
      answer(data, from, to, kind);
    }
    return true;
  }

  private void greeting(Bytes data, int from, int to, int kind) {
    if (kind == Packet.ERROR) {
      answer(data, from, to, kind);
      return;
    }
    int end = data.indexOf(0, from + 1, to);
    if (kind == Packet.GREETING_VERSION && end > 0) {
      sink.message(Direction.TO_CLIENT, Message.notice().with("version", data.text(from + 1, end)));
    }
  }

  private void answer(Bytes data, int from, int to, int kind) {
    Message message = Message.response();
    switch (kind) {
      case Packet.OK -> message.with("status", "OK");
      case Packet.ERROR -> {
        int text = from + 3;
        message.with("status", "ERROR").with("code", Integer.toString(data.u16le(from + 1)));
        if (data.u8(text) == '#') {
          message.with("sqlstate", data.text(text + 1, text + 6));
          text += 6;
        }
        message.with("error", data.text(text, Math.min(to, text + MAX_MESSAGE)));
      }
      case Packet.EOF, Packet.LOCAL_INFILE -> message.with("status", "OK");
      default -> message.with("status", "OK").with("columns", Integer.toString(kind));
    }
    sink.message(Direction.TO_CLIENT, message);
  }
}
