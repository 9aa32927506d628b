/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was seen altogether. */
final class Totals {
  private final Map<String, Long> applications = new HashMap<>();
  private long files;
  private long flows;
  private long named;
  private long packets;
  private long bytes;

  void flow(FlowRecord flow) {
    flows++;
    if (flow.application().known()) {
      named++;
      applications.merge(flow.application().name(), 1L, Long::sum);
    }
  }

  void file(Summary summary) {
    files++;
    packets += summary.packets();
    bytes += summary.bytes();
  }

  /** One line. */
  void print(StringBuilder text) {
    number(text, files).append(files == 1 ? " file, " : " files, ");
    number(text, packets).append(" packets, ");
    number(text, bytes).append(" bytes, ");
    number(text, flows).append(" flows, ");
    number(text, named).append(" named");
    List<Map.Entry<String, Long>> most = new ArrayList<>(applications.entrySet());
    most.sort(Totals::byFlows);
    String separator = ": ";
    for (Map.Entry<String, Long> application : most) {
      text.append(separator)
          .append(application.getKey())
          .append(' ')
          .append(application.getValue());
      separator = ", ";
    }
    text.append('\n');
  }

  private static int byFlows(Map.Entry<String, Long> one, Map.Entry<String, Long> other) {
    int order = Long.compare(other.getValue(), one.getValue());
    return order != 0 ? order : one.getKey().compareTo(other.getKey());
  }

  /** With commas; the library's formatter takes longer to start than a small file to read. */
  private static StringBuilder number(StringBuilder text, long value) {
    int start = text.length();
    text.append(value);
    for (int comma = text.length() - 3; comma > start; comma -= 3) {
      text.insert(comma, ',');
    }
    return text;
  }
}
