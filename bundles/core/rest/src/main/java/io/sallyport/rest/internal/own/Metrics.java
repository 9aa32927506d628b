/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.own;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.nv.ConversationMapper;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationCompact;
import io.sallyport.rest.internal.nv.NodeMapper;
import io.sallyport.rest.internal.nv.NodeStructs.RestSystemSummary;
import io.sallyport.rest.internal.nv.Picture;

/** The names of NeuVector's exporter where it has one, and {@code sallyport_*} for the rest. */
public final class Metrics {
  private static final String GAUGE = "gauge";
  private static final String COUNTER = "counter";
  private static final int MAX_CONVERSATIONS = 5_000;
  private static final double NANOS = 1e9;

  private final String target;
  private final String version;
  private final Exposition out = new Exposition();

  /** For this controller. */
  public Metrics(String target, String version) {
    this.target = target;
    this.version = version;
  }

  /** Everything, as text. */
  public String of(NetworkModel model) {
    Picture picture = new Picture(model);
    summary(new NodeMapper(picture).summary(version));
    new ConversationMapper(picture)
        .compact(picture.conversations()).stream()
            .limit(MAX_CONVERSATIONS)
            .forEach(this::conversation);
    out.add("sallyport_info", GAUGE, "Sallyport's version", 1, "version", version);
    for (NetworkModel.Node node : picture.nodes()) {
      node(node);
    }
    for (DataplaneStatus.Counter counter : model.counters()) {
      out.add(name("model", counter), COUNTER, counter.help(), counter.value());
    }
    return out.text();
  }

  private void summary(RestSystemSummary summary) {
    gauge("services", "Services", summary.services());
    gauge("policy", "Policy rules", summary.policyRules());
    gauge("runningWorkloads", "Running containers", summary.runningWorkloads());
    gauge("totalWorkloads", "Containers", summary.workloads());
    gauge("hosts", "Hosts", summary.hosts());
    gauge("controllers", "Controllers", summary.controllers());
    gauge("enforcers", "Enforcers", summary.enforcers());
    gauge("pods", "Pods", summary.runningPods());
    gauge("disconnectedEnforcers", "Enforcers that do not report", summary.disconnectedEnforcers());
    gauge("cvedbVersion", "Version of the vulnerability database, 0 for none", 0);
    gauge("cvedbTime", "When the vulnerability database was made, 0 for none", 0);
  }

  private void gauge(String name, String help, long value) {
    out.add("nv_summary_" + name, GAUGE, help, value, "target", target);
  }

  private void conversation(RestConversationCompact conversation) {
    out.add(
        "nv_conversation_bytes",
        GAUGE,
        "Bytes between two endpoints",
        conversation.totals().bytes(),
        "port",
        String.join(",", conversation.totals().ports()),
        "from",
        conversation.from(),
        "to",
        conversation.to(),
        "target",
        target);
  }

  private void node(NetworkModel.Node node) {
    String name = node.info().name();
    boolean up = node.connected();
    out.add("sallyport_node_up", GAUGE, "Whether a node reports", up ? 1 : 0, "node", name);
    out.add(
        "sallyport_node_workloads", GAUGE, "Containers of a node", node.workloads(), "node", name);
    out.add(
        "sallyport_node_report_dropped_total",
        COUNTER,
        "What a node had to leave out of its reports",
        node.status().dropped(),
        "node",
        name);
    for (DataplaneStatus.Counter counter : node.status().dataplane().counters()) {
      out.add(name("dataplane", counter), COUNTER, counter.help(), counter.value(), "node", name);
    }
    for (DataplaneStatus.OpenCapture capture : node.status().dataplane().captures()) {
      capture(name, capture);
    }
    for (ParserStatus parser : node.status().parsers()) {
      parser(name, parser);
    }
  }

  private void capture(String node, DataplaneStatus.OpenCapture capture) {
    CaptureStatistics seen = capture.statistics();
    String[] labels = {"node", node, "workload", capture.workloadId()};
    out.add("sallyport_capture_packets_total", COUNTER, "Packets seen", seen.packets(), labels);
    out.add(
        "sallyport_capture_dropped_total",
        COUNTER,
        "Packets the kernel had no room for",
        seen.dropped(),
        labels);
  }

  private void parser(String node, ParserStatus parser) {
    String[] labels = {"node", node, "application", parser.application().name()};
    out.add("sallyport_parser_flows_total", COUNTER, "Flows recognised", parser.flows(), labels);
    out.add("sallyport_parser_calls_total", COUNTER, "Calls", parser.calls(), labels);
    out.add(
        "sallyport_parser_seconds_total",
        COUNTER,
        "Time spent in calls",
        (double) parser.nanos() / NANOS,
        labels);
    out.add("sallyport_parser_errors_total", COUNTER, "Calls that threw", parser.errors(), labels);
    out.add(
        "sallyport_parser_hangs_total",
        COUNTER,
        "Calls that did not return in time",
        parser.hangs(),
        labels);
  }

  private static String name(String part, DataplaneStatus.Counter counter) {
    return "sallyport_" + part + "_" + counter.name().replaceAll("[^a-zA-Z0-9_]", "_") + "_total";
  }
}
