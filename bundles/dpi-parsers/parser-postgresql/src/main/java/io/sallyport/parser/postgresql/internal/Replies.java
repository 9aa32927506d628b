/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Message;
import org.jspecify.annotations.Nullable;

/** What the server's messages say. */
final class Replies {
  private static final int FIELDS = 32;

  private Replies() {}

  /** The message, null for one that has nothing to tell. */
  static @Nullable Message read(Bytes data, int type, int body, int end) {
    return switch (type) {
      case 'R' -> authentication(data, body);
      case 'C' -> complete(data, body, end);
      case 'E' -> problem(Message.response(), "error", data, body, end);
      case 'N' -> problem(Message.notice(), "notice", data, body, end);
      case 'S' -> parameter(data, body, end);
      default -> null;
    };
  }

  private static Message authentication(Bytes data, int body) {
    String method =
        switch ((int) data.u32(body)) {
          case 0 -> "ok";
          case 2 -> "kerberos";
          case 3 -> "password";
          case 5 -> "md5";
          case 7, 8 -> "gss";
          case 9 -> "sspi";
          case 10, 11, 12 -> "sasl";
          default -> "unknown";
        };
    return Message.notice().with("authentication", method);
  }

  /** The command's name, and how many rows where it says so: {@code INSERT 0 5}. */
  private static Message complete(Bytes data, int body, int end) {
    String tag = data.text(body, end - 1);
    int last = tag.lastIndexOf(' ');
    boolean counted = last > 0 && tag.substring(last + 1).chars().allMatch(Character::isDigit);
    String name = counted ? tag.substring(0, last) : tag;
    if (counted && name.startsWith("INSERT")) {
      name = "INSERT";
    }
    return Message.response()
        .with("command_tag", name)
        .with("rows", counted ? tag.substring(last + 1) : null);
  }

  private static Message problem(Message message, String text, Bytes data, int body, int end) {
    int at = body;
    boolean severity = false;
    for (int i = 0; i < FIELDS && at < end && data.u8(at) > 0; i++) {
      int stop = data.indexOf(0, at + 1, end);
      if (stop < 0) {
        break;
      }
      String value = data.text(at + 1, stop);
      switch (data.u8(at)) {
        case 'S' -> {
          if (!severity) {
            message.with("severity", value);
            severity = true;
          }
        }
        case 'C' -> message.with("code", value);
        case 'M' -> message.with(text, value);
        default -> {}
      }
      at = stop + 1;
    }
    return message;
  }

  private static @Nullable Message parameter(Bytes data, int body, int end) {
    return data.at(body, "server_version\0")
        ? Message.notice().with("server_version", data.text(body + 15, end - 1))
        : null;
  }
}
