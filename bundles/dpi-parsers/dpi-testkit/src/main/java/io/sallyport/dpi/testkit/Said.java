/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that a session has read, and which way it went.
 *
 * @param direction which way
 * @param kind request, response or notice
 * @param fields names and values, each as {@code name=value}
 */
public record Said(Direction direction, Message.Kind kind, List<String> fields) {
  /** A message as it was read. */
  public static Said of(Direction direction, Message message) {
    return new Said(direction, message.kind(), fields(message));
  }

  /** Whether it is of the same kind as {@code expected} and has all its fields. */
  public boolean answers(Message expected) {
    return kind == expected.kind() && fields.containsAll(fields(expected));
  }

  private static List<String> fields(Message message) {
    List<String> fields = new ArrayList<>();
    message.forEach((name, value) -> fields.add(name + "=" + value));
    return List.copyOf(fields);
  }
}
