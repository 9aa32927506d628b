/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.own;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prometheus's text format, version 0.0.4: samples of one metric stand together. */
final class Exposition {
  private final Map<String, List<String>> metrics = new LinkedHashMap<>();

  /** Adds a sample; {@code labels} are names and values in turn. */
  void add(String name, String type, String help, Number value, String... labels) {
    List<String> lines =
        metrics.computeIfAbsent(
            name,
            key -> {
              List<String> head = new ArrayList<>();
              head.add("# HELP " + name + " " + escape(help).replace("\\\"", "\""));
              head.add("# TYPE " + name + " " + type);
              return head;
            });
    StringBuilder line = new StringBuilder(name);
    for (int i = 0; i < labels.length; i += 2) {
      line.append(i == 0 ? '{' : ',')
          .append(labels[i])
          .append("=\"")
          .append(escape(labels[i + 1]))
          .append('"');
    }
    line.append(labels.length == 0 ? " " : "} ").append(value);
    lines.add(line.toString());
  }

  String text() {
    StringBuilder text = new StringBuilder();
    metrics.values().forEach(lines -> lines.forEach(line -> text.append(line).append('\n')));
    return text.toString();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
