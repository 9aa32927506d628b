/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one message of a protocol said, as names and values in the protocol's own words: an HTTP
 * request has {@code method}, {@code path}, {@code host}; a DNS answer {@code query}, {@code
 * answer}, {@code rcode}. A parser makes it, fills it, hands it over, and does not touch it again.
 */
public final class Message {
  /** What a message is in the dialogue. */
  public enum Kind {
    /** Something is asked. */
    REQUEST,
    /** Something is answered. */
    RESPONSE,
    /** Something is said: a greeting, a handshake. */
    NOTICE
  }

  private final Kind kind;
  private String[] fields = new String[8];
  private int size;

  private Message(Kind kind) {
    this.kind = kind;
  }

  /** An empty request. */
  public static Message request() {
    return new Message(Kind.REQUEST);
  }

  /** An empty response. */
  public static Message response() {
    return new Message(Kind.RESPONSE);
  }

  /** An empty notice. */
  public static Message notice() {
    return new Message(Kind.NOTICE);
  }

  /** Adds a field; a null value adds nothing. The same name may come more than once. */
  public Message with(String name, @Nullable String value) {
    if (value != null) {
      if (size == fields.length) {
        fields = java.util.Arrays.copyOf(fields, size * 2);
      }
      fields[size++] = name;
      fields[size++] = value;
    }
    return this;
  }

  /** What the message is in the dialogue. */
  public Kind kind() {
    return kind;
  }

  /** How many fields there are. */
  public int size() {
    return size / 2;
  }

  /** Shows every field, in the order they were added. */
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < size; i += 2) {
      visitor.accept(fields[i], fields[i + 1]);
    }
  }

  /** The first value of a field, null when there is none. */
  public @Nullable String get(String name) {
    for (int i = 0; i < size; i += 2) {
      if (fields[i].equals(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  /** The values in order, separated by blanks: {@code GET /x example.org}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < size; i += 2) {
      text.append(i == 1 ? "" : " ").append(fields[i]);
    }
    return text.toString();
  }
}
