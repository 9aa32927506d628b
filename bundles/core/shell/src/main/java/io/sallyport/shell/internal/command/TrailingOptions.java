/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.karaf.shell.api.action.Option;
import org.jspecify.annotations.Nullable;

/** Karaf takes options before arguments only; this takes those behind them as well. */
final class TrailingOptions {
  private TrailingOptions() {}

  /** Sets the options that are among a command's arguments; answers what is left. */
  static List<String> take(SpCommand command, List<String> arguments) {
    List<String> left = new ArrayList<>();
    Iterator<String> words = arguments.iterator();
    while (words.hasNext()) {
      String word = words.next();
      Field field = word.startsWith("-") ? field(command, word) : null;
      if (field == null) {
        left.add(word);
      } else if (field.getType() == boolean.class) {
        set(command, field, true);
      } else if (words.hasNext()) {
        set(command, field, value(word, field, words.next()));
      } else {
        throw invalid(word + " needs a value");
      }
    }
    return left;
  }

  private static @Nullable Field field(SpCommand command, String word) {
    for (Class<?> type = command.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        Option option = field.getAnnotation(Option.class);
        if (option != null
            && (option.name().equals(word) || Arrays.asList(option.aliases()).contains(word))) {
          return field;
        }
      }
    }
    throw invalid("there is no option " + word + "; --help lists them");
  }

  private static Object value(String word, Field field, String text) {
    if (field.getType() != int.class) {
      return text;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw invalid(word + " must be a number, not \"" + text + "\"");
    }
  }

  private static void set(SpCommand command, Field field, Object value) {
    try {
      field.set(command, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("options are fields of this package", e);
    }
  }

  private static SallyportException invalid(String message) {
    return new SallyportException(ErrorCode.INVALID_REQUEST, message);
  }
}
