/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints rows in the form the user wants. Used by one thread. */
public final class Output {
  /** The forms. */
  public enum Format {
    TABLE,
    WIDE,
    JSON;

    /** By the user's word. */
    public static Format of(String word) {
      for (Format format : values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(word)) {
          return format;
        }
      }
      throw new IllegalArgumentException("-o must be table, wide or json, not \"" + word + "\"");
    }
  }

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final PrintStream out;
  private final Format format;
  private final boolean plain;
  private final int terminalWidth;

  /**
   * An output.
   *
   * @param plain whether a table has neither headings nor alignment: values separated by tabs
   * @param terminalWidth columns of the terminal, 0 when there is none
   */
  public Output(PrintStream out, Format format, boolean plain, int terminalWidth) {
    this.out = out;
    this.format = format;
    this.plain = plain;
    this.terminalWidth = terminalWidth;
  }

  /** Whether it is JSON that is wanted. */
  public boolean json() {
    return format == Format.JSON;
  }

  /** A table; in JSON an array of objects. */
  public <T> void table(List<Column<T>> columns, List<T> rows) {
    if (json()) {
      out.println(Json.of(rows.stream().map(row -> object(columns, row)).toList()));
    } else {
      print(shown(columns), rows);
    }
  }

  /** Some tables, those that are empty left out; in JSON one object of arrays. */
  public void sections(List<Section<?>> sections) {
    if (json()) {
      Map<String, Object> all = new LinkedHashMap<>();
      sections.forEach(section -> all.put(member(section), objects(section)));
      out.println(Json.of(all));
      return;
    }
    boolean first = true;
    for (Section<?> section : sections) {
      if (section.rows().isEmpty()) {
        continue;
      }
      if (!plain) {
        out.print(first ? "" : "\n");
        out.println(section.title());
      }
      first = false;
      print(section);
    }
  }

  /** One row at once, as a line of its own; in JSON an object. */
  public <T> void row(List<Column<T>> columns, T row, String line) {
    out.println(json() ? Json.of(object(columns, row)) : Texts.harmless(line));
    out.flush();
  }

  /** A remark for people; not in JSON. */
  public void remark(String text) {
    if (!json()) {
      out.println(Texts.harmless(text));
      out.flush();
    }
  }

  private static String member(Section<?> section) {
    return section.title().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static <T> List<Map<String, Object>> objects(Section<T> section) {
    return section.rows().stream().map(row -> object(section.columns(), row)).toList();
  }

  private static <T> Map<String, Object> object(List<Column<T>> columns, T row) {
    Map<String, Object> object = new LinkedHashMap<>();
    columns.forEach(column -> object.put(column.member(), column.value().apply(row)));
    return object;
  }

  private <T> List<Column<T>> shown(List<Column<T>> columns) {
    return columns.stream().filter(column -> format == Format.WIDE || !column.wide()).toList();
  }

  private <T> void print(Section<T> section) {
    print(shown(section.columns()), section.rows());
  }

  private <T> void print(List<Column<T>> columns, List<T> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (T row : rows) {
      cells.add(columns.stream().map(column -> Texts.harmless(column.text().apply(row))).toList());
    }
    if (plain) {
      cells.forEach(line -> out.println(String.join("\t", line)));
      return;
    }
    int[] widths = widths(columns, cells);
    out.println(line(columns, columns.stream().map(Column::title).toList(), widths));
    cells.forEach(line -> out.println(line(columns, line, widths)));
  }

  private <T> int[] widths(List<Column<T>> columns, List<List<String>> cells) {
    int[] widths = columns.stream().mapToInt(column -> column.title().length()).toArray();
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - terminalWidth;
    // The wide table is as wide as it is.
    while (terminalWidth > 0 && format == Format.TABLE && excess > 0) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= NARROWEST) {
        break;
      }
      widths[widest]--;
      excess--;
    }
    return widths;
  }

  private static <T> String line(List<Column<T>> columns, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      cell = cell.length() > widths[i] ? cell.substring(0, widths[i] - 1) + "…" : cell;
      String fill = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? fill + cell : cell + fill);
    }
    return line.toString().stripTrailing();
  }
}
