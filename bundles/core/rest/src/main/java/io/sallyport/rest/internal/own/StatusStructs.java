/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.own;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.link.NodeStatus;
import io.sallyport.api.link.SourceStatus;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.plugin.PluginStatus;
import io.sallyport.rest.internal.nv.SnakeCase;
import io.sallyport.rest.internal.nv.Texts;
import java.util.List;
import java.util.Locale;

/** How the nodes and their parts do. */
public final class StatusStructs {
  private StatusStructs() {}

  /** A node; times in seconds since the epoch. */
  @SnakeCase
  public record Node(
      String id,
      String name,
      String version,
      boolean connected,
      long firstHeardAt,
      long lastHeardAt,
      int workloads,
      long dropped,
      long policyEpoch,
      List<SourceStatus> sources,
      Dataplane dataplane,
      List<Parser> parsers,
      List<Plugin> plugins) {
    /** Of the model's. */
    public static Node of(NetworkModel.Node node) {
      NodeStatus status = node.status();
      String name = node.info().name();
      return new Node(
          node.info().id(),
          name,
          node.info().version(),
          node.connected(),
          Texts.seconds(node.firstHeard()),
          Texts.seconds(node.lastHeard()),
          node.workloads(),
          status.dropped(),
          status.policyEpoch(),
          status.sources(),
          Dataplane.of(status.dataplane()),
          status.parsers().stream().map(parser -> Parser.of(name, parser)).toList(),
          status.plugins().stream().map(plugin -> Plugin.of(name, plugin)).toList());
    }
  }

  /** The datapath of a node. */
  @SnakeCase
  public record Dataplane(
      List<DataplaneStatus.Backend> backends,
      List<Capture> captures,
      List<DataplaneStatus.Counter> counters) {
    static Dataplane of(DataplaneStatus status) {
      return new Dataplane(
          status.backends(),
          status.captures().stream().map(Capture::of).toList(),
          status.counters());
    }
  }

  /** An open capture. */
  @SnakeCase
  public record Capture(
      String workloadId, String backend, long packets, long dropped, long omitted, String problem) {
    static Capture of(DataplaneStatus.OpenCapture capture) {
      CaptureStatistics seen = capture.statistics();
      return new Capture(
          capture.workloadId(),
          capture.backend(),
          seen.packets(),
          seen.dropped(),
          seen.omitted(),
          capture.problem());
    }
  }

  /** A parser on a node. */
  @SnakeCase
  public record Parser(
      String node,
      int applicationId,
      String application,
      String bundle,
      String version,
      String state,
      long flows,
      long calls,
      long averageNanos,
      long errors,
      long hangs,
      String problem) {
    static Parser of(String node, ParserStatus parser) {
      return new Parser(
          node,
          parser.application().id(),
          parser.application().name(),
          parser.bundle(),
          parser.version(),
          parser.state().name().toLowerCase(Locale.ROOT),
          parser.flows(),
          parser.calls(),
          parser.calls() == 0 ? 0 : parser.nanos() / parser.calls(),
          parser.errors(),
          parser.hangs(),
          parser.problem());
    }
  }

  /** A deployed file on a node. */
  @SnakeCase
  public record Plugin(
      String node, String file, String bundle, String version, boolean active, String problem) {
    static Plugin of(String node, PluginStatus plugin) {
      return new Plugin(
          node,
          plugin.file(),
          plugin.bundle(),
          plugin.version(),
          plugin.active(),
          plugin.problem());
    }
  }
}
