/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.own;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.MapView;
import io.sallyport.rest.internal.nv.ConversationMapper;
import io.sallyport.rest.internal.nv.SnakeCase;
import io.sallyport.rest.internal.nv.Texts;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What the live map sends: the whole first, then what changes. */
public final class MapEvents {
  private MapEvents() {}

  /** A node; what does not apply to its kind is left out. */
  @SnakeCase
  public record Node(
      String id,
      String kind,
      String name,
      @JsonInclude(Include.NON_EMPTY) String group,
      @JsonInclude(Include.NON_EMPTY) String domain,
      @JsonInclude(Include.NON_EMPTY) String image,
      @JsonInclude(Include.NON_DEFAULT) int members,
      @JsonInclude(Include.NON_EMPTY) List<String> addresses,
      @JsonInclude(Include.NON_EMPTY) String mode) {
    static Node of(MapView.Node node) {
      return new Node(
          node.id(),
          node.kind(),
          node.name(),
          node.group(),
          node.domain(),
          node.image(),
          node.members(),
          node.addresses(),
          node.mode());
    }
  }

  /** An edge; times in seconds since the epoch. */
  @SnakeCase
  public record Edge(
      String id,
      String from,
      String to,
      List<String> applications,
      List<String> ports,
      long bytes,
      long sessions,
      String action,
      long firstSeenAt,
      long lastSeenAt) {
    static Edge of(MapView.Edge edge) {
      return new Edge(
          edge.id(),
          edge.from(),
          edge.to(),
          edge.applications(),
          edge.ports(),
          edge.bytes(),
          edge.sessions(),
          mapAction(edge.action()),
          Texts.seconds(edge.firstSeen()),
          Texts.seconds(edge.lastSeen()));
    }
  }

  /** The data of {@code snapshot}. */
  @SnakeCase
  public record Snapshot(long revision, List<Node> nodes, List<Edge> edges, boolean truncated) {}

  /** The data of {@code delta}. */
  @SnakeCase
  public record Delta(
      long revision,
      List<Node> nodes,
      List<Edge> edges,
      Set<String> removedNodes,
      Set<String> removedEdges) {}

  /** The name of the event that a view becomes. */
  public static String name(MapView view) {
    return view.full() ? "snapshot" : "delta";
  }

  /** The data of that event. */
  public static Record data(MapView view) {
    List<Node> nodes = nodes(view.nodes());
    List<Edge> edges = view.edges().stream().map(Edge::of).toList();
    return view.full()
        ? new Snapshot(view.revision(), nodes, edges, view.truncated())
        : new Delta(view.revision(), nodes, edges, view.removedNodes(), view.removedEdges());
  }

  private static List<Node> nodes(Collection<MapView.Node> nodes) {
    return nodes.stream().map(Node::of).toList();
  }

  private static String mapAction(ConversationEntry.Action action) {
    return switch (action) {
      case OPEN, LEARN, ALLOW -> "allow";
      case VIOLATE, DENY -> ConversationMapper.action(action);
    };
  }
}
