/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.network.Peer;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A flow, or a message in it, as one line.
 *
 * @param time nanoseconds since the epoch
 * @param client who opened it
 * @param server who was called
 * @param backwards whether the message goes from server to client
 * @param text what was said, empty for none
 */
record FlowLine(
    long time, FlowRecord flow, Peer client, Peer server, boolean backwards, String text) {
  private static final int MAX_TEXT = 160;

  static final List<Column<FlowLine>> COLUMNS =
      List.of(
          new Column<>(
              "TIME",
              false,
              false,
              line -> TimeUnit.NANOSECONDS.toMillis(line.time()) / 1e3,
              line -> Texts.clock(line.time())),
          Column.text("CLIENT", line -> line.client().name()),
          Column.text("CLIENT ADDRESS", line -> line.flow().client().toString()),
          Column.text("SERVER", line -> line.server().name()),
          Column.text("SERVER ADDRESS", line -> line.flow().server().toString()),
          Column.text("PROTOCOL", line -> line.flow().transport().name()),
          Column.text("APPLICATION", line -> line.flow().application().name()),
          Column.text("STATE", line -> line.flow().state().name().toLowerCase(Locale.ROOT)),
          Column.count("PACKETS", line -> line.flow().packets()),
          Column.count("BYTES", line -> line.flow().bytes()),
          Column.text("SAID", FlowLine::text));

  /** A flow that is known, with what was read of it. */
  static FlowLine of(FlowRecord flow, Peer client, Peer server) {
    String said =
        flow.attributes().entrySet().stream()
            .filter(attribute -> !attribute.getValue().isEmpty())
            .sorted(Map.Entry.comparingByKey())
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue().getFirst())
            .collect(Collectors.joining(" "));
    return new FlowLine(flow.lastSeen(), flow, client, server, false, said);
  }

  /** The line: {@code time name:port → name:port (HTTP) GET /x}. */
  String line() {
    String from = end(client, flow.client());
    String to = end(server, flow.server());
    String application =
        flow.application().known() ? flow.application().name() : flow.transport().name();
    String said = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    String end = said.isEmpty() && flow.state() == FlowState.CLOSED ? closed() : said;
    return String.format(
            Locale.ROOT,
            "%s  %s %s %s  (%s) %s",
            Texts.clock(time),
            from,
            backwards ? "←" : "→",
            to,
            application,
            end)
        .stripTrailing();
  }

  private String closed() {
    return "closed, " + Texts.bytes(flow.bytes());
  }

  private static String end(Peer peer, Endpoint endpoint) {
    return endpoint.port() == 0 ? peer.name() : peer.name() + ":" + endpoint.port();
  }
}
