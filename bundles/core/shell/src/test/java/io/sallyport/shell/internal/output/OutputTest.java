/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
  private static final List<Column<String>> COLUMNS =
      List.of(
          Column.text("NAME", row -> row),
          Column.count("LENGTH", row -> (long) row.length()),
          Column.<String>text("MORE", row -> "more").onlyWide());

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void columnsAreAlignedAndTheWidestGivesWay() {
    output(Output.Format.TABLE, 20).table(COLUMNS, List.of("a", "a-name-that-is-long"));
    assertThat(text())
        .isEqualTo(
            """
            NAME          LENGTH
            a                  1
            a-name-that…      19
            """);
  }

  @Test
  void wideTableIsAsWideAsItIs() {
    output(Output.Format.WIDE, 10).table(COLUMNS, List.of("a-name"));
    assertThat(text()).isEqualTo("NAME    LENGTH  MORE\na-name       6  more\n");
  }

  @Test
  void emptyTableHasHeadingsAndEmptySectionsHaveNothing() {
    output(Output.Format.TABLE, 0).table(COLUMNS, List.of());
    output(Output.Format.TABLE, 0).sections(List.of(new Section<>("None", COLUMNS, List.of())));
    assertThat(text()).isEqualTo("NAME  LENGTH\n");
  }

  @Test
  void jsonIsWhatTheStandardSays() {
    assertThat(Json.of(Map.of("a\"\\", List.of(1, true, "\n\u2028é"))))
        .isEqualTo("{\"a\\\"\\\\\":[1,true,\"\\u000a\u2028é\"]}");
  }

  @Test
  void sizesAndTimesForPeople() {
    assertThat(Texts.bytes(1_023)).isEqualTo("1023 B");
    assertThat(Texts.bytes(1_536)).isEqualTo("1.5 KiB");
    assertThat(Texts.duration(999)).isEqualTo("999 ns");
    assertThat(Texts.duration(1_500_000)).isEqualTo("1.5 ms");
    assertThat(Texts.ago(0)).isEqualTo("never");
    assertThat(Texts.harmless("a\tb\u001b\u202e")).isEqualTo("a?b??");
  }

  private Output output(Output.Format format, int width) {
    return new Output(new PrintStream(printed, true, StandardCharsets.UTF_8), format, false, width);
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
