/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.output;

import java.util.Locale;
import java.util.function.Function;

/**
 * A column of a table, and a member of the JSON object for each row.
 *
 * @param title the heading; in small letters with underscores the JSON member's name
 * @param wide whether only the wide table has it
 * @param right whether it is aligned to the right
 * @param value the value as JSON has it: a text, number, truth value, list or map
 * @param text the value as a table has it
 */
public record Column<T>(
    String title,
    boolean wide,
    boolean right,
    Function<T, Object> value,
    Function<T, String> text) {
  /** A column of texts. */
  public static <T> Column<T> text(String title, Function<T, String> value) {
    return new Column<>(title, false, false, value::apply, value);
  }

  /** A column of counts. */
  public static <T> Column<T> count(String title, Function<T, Long> value) {
    return new Column<>(title, false, true, value::apply, row -> value.apply(row).toString());
  }

  /** A column of numbers that people read in another form than programs. */
  public static <T> Column<T> number(
      String title, Function<T, Long> value, Function<Long, String> text) {
    return new Column<>(title, false, true, value::apply, row -> text.apply(value.apply(row)));
  }

  /** The same column, in the wide table only. */
  public Column<T> onlyWide() {
    return new Column<>(title, true, right, value, text);
  }

  String member() {
    return title.toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
