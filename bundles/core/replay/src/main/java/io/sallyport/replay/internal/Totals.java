/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
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
    text.append(
        String.format(
            Locale.ROOT,
            "%,d %s, %,d packets, %,d bytes, %,d flows, %,d named",
            files,
            files == 1 ? "file" : "files",
            packets,
            bytes,
            flows,
            named));
    String separator = ": ";
    for (Map.Entry<String, Long> application :
        applications.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList()) {
      text.append(separator)
          .append(application.getKey())
          .append(' ')
          .append(application.getValue());
      separator = ", ";
    }
    text.append('\n');
  }
}
