/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/** What the client's messages say. Passwords are never read. */
final class Requests {
  private static final int PARAMETERS = 64;

  private Requests() {}

  /** A startup message's parameters, names and values in turn. */
  static Message startup(Bytes data, int parameters, int end) {
    Message message = Message.request();
    int at = parameters;
    for (int i = 0; i < PARAMETERS && at < end && data.u8(at) > 0; i++) {
      int name = data.indexOf(0, at, end);
      int value = name < 0 ? -1 : data.indexOf(0, name + 1, end);
      if (value < 0) {
        break;
      }
      String parameter = data.text(at, name);
      switch (parameter) {
        case "user", "database", "application_name", "replication" ->
            message.with(parameter, data.text(name + 1, value));
        default -> {}
      }
      at = value + 1;
    }
    return message;
  }

  /** The message, null for one that has nothing to tell. */
  static @Nullable Message read(Bytes data, int type, int body, int end) {
    return switch (type) {
      case 'Q' -> Message.request().with("query", statement(data, body, end));
      case 'P' -> parse(data, body, end);
      case 'B' -> bind(data, body, end);
      default -> null;
    };
  }

  private static @Nullable Message parse(Bytes data, int body, int end) {
    int name = data.indexOf(0, body, end);
    if (name < 0) {
      return null;
    }
    Message message = Message.request().with("query", statement(data, name + 1, end));
    return name > body ? message.with("statement", data.text(body, name)) : message;
  }

  /** Names the prepared statement; an unnamed one has just been told with its text. */
  private static @Nullable Message bind(Bytes data, int body, int end) {
    int portal = data.indexOf(0, body, end);
    int name = portal < 0 ? -1 : data.indexOf(0, portal + 1, end);
    if (name <= portal + 1) {
      return null;
    }
    return Message.request().with("statement", data.text(portal + 1, name));
  }

  private static String statement(Bytes data, int from, int end) {
    int stop = data.indexOf(0, from, end);
    return Sql.withoutPasswords(data.text(from, stop < 0 ? end : stop));
  }
}
