/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Message;
import io.sallyport.dpi.engine.internal.Counters.Cut;
import java.util.function.BiConsumer;

/** Keeps what a parser says within bounds. */
final class MessageBounds {
  private static final int FIELDS = 64;
  private static final int CHARACTERS = 8 * 1024;

  private MessageBounds() {}

  /** Adds a message's fields to the attributes, and answers the message, cut where it must be. */
  static Message apply(Message message, Attributes attributes, Counters counters) {
    Check check = new Check(attributes, counters);
    message.forEach(check);
    if (message.size() <= FIELDS && !check.tooLong) {
      return message;
    }
    counters.count(Cut.MESSAGES);
    Message copy =
        switch (message.kind()) {
          case REQUEST -> Message.request();
          case RESPONSE -> Message.response();
          case NOTICE -> Message.notice();
        };
    message.forEach(
        (name, value) -> {
          if (copy.size() < FIELDS) {
            copy.with(cut(name), cut(value));
          }
        });
    return copy;
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS ? text : text.substring(0, CHARACTERS);
  }

  /** Called for every field. */
  private static final class Check implements BiConsumer<String, String> {
    private final Attributes attributes;
    private final Counters counters;
    private boolean tooLong;

    Check(Attributes attributes, Counters counters) {
      this.attributes = attributes;
      this.counters = counters;
    }

    @Override
    public void accept(String name, String value) {
      tooLong |= name.length() > CHARACTERS || value.length() > CHARACTERS;
      if (!attributes.add(name, value)) {
        counters.count(Cut.ATTRIBUTES);
      }
    }
  }
}
