/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A table for reading. The flows of a file are put in the order in which they began, and columns
 * made as wide as needed, as long as they are not too many; later ones follow as they come.
 */
final class TableWriter implements FlowWriter {
  private static final int COLLECTED = 2_000;
  private static final int DETAIL_LENGTH = 80;
  private static final String[] HEADERS = {
    "PROTOCOL", "CLIENT", "SERVER", "APPLICATION", "PACKETS", "BYTES", "ATTRIBUTES"
  };
  private static final int FIRST_NUMBER = 4;
  private static final int LAST_NUMBER = 5;

  private final Output out;
  private final Totals totals = new Totals();
  private final List<FlowRecord> collected = new ArrayList<>();
  private final int[] widths = new int[HEADERS.length - 1];
  private String file = "";
  private boolean flowing;

  TableWriter(Output out) {
    this.out = out;
  }

  @Override
  public void begin(String name) {
    file = name;
    collected.clear();
    flowing = false;
  }

  @Override
  public void flow(FlowRecord flow) {
    totals.flow(flow);
    if (flowing) {
      row(cells(flow));
    } else {
      collected.add(flow);
      if (collected.size() == COLLECTED) {
        print();
      }
    }
  }

  @Override
  public void end(Summary summary) throws IOException {
    print();
    totals.file(summary);
    out.text().append('\n');
    out.flush();
  }

  @Override
  public void close() throws IOException {
    totals.print(out.text());
    out.flush();
  }

  private void print() {
    if (flowing) {
      return;
    }
    flowing = true;
    collected.sort(Comparator.comparingLong(FlowRecord::id));
    List<String[]> rows = new ArrayList<>();
    rows.add(HEADERS);
    for (FlowRecord flow : collected) {
      rows.add(cells(flow));
    }
    collected.clear();
    for (int column = 0; column < widths.length; column++) {
      widths[column] = 0;
      for (String[] row : rows) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    out.text().append(file).append('\n');
    rows.forEach(this::row);
  }

  private static String[] cells(FlowRecord flow) {
    return new String[] {
      ProtocolNames.of(flow),
      flow.client().toString(),
      flow.server().toString(),
      flow.application().known() ? flow.application().name() : "-",
      Long.toString(flow.packets()),
      Long.toString(flow.bytes()),
      detail(flow.attributes())
    };
  }

  private void row(String[] cells) {
    StringBuilder text = out.text();
    int start = text.length();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells[column];
      int padding = Math.max(0, widths[column] - cell.length());
      boolean number = column >= FIRST_NUMBER && column <= LAST_NUMBER;
      if (number) {
        text.repeat(' ', padding).append(cell).append("  ");
      } else {
        text.append(cell).repeat(' ', padding).append("  ");
      }
    }
    text.append(cells[cells.length - 1]);
    int end = text.length();
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    text.setLength(end);
    text.append('\n');
    out.written();
  }

  private static String detail(Map<String, List<String>> attributes) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> attribute : attributes.entrySet()) {
      text.append(text.isEmpty() ? "" : " ").append(attribute.getKey()).append('=');
      text.append(String.join(",", attribute.getValue()));
      if (text.length() > DETAIL_LENGTH) {
        text.setLength(DETAIL_LENGTH - 1);
        return text.append('…').toString();
      }
    }
    return text.toString();
  }
}
