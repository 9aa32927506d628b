/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import java.util.List;
import java.util.Set;

/**
 * The map at one moment, or what has changed since the last.
 *
 * @param revision one more with each change
 * @param full whether this is the whole map
 * @param nodes nodes that are there, or are new or changed
 * @param edges edges that are there, or are new or changed
 * @param removedNodes ids of nodes that are gone
 * @param removedEdges ids of edges that are gone
 * @param truncated whether the limit of nodes made it leave some out
 */
public record MapView(
    long revision,
    boolean full,
    List<Node> nodes,
    List<Edge> edges,
    Set<String> removedNodes,
    Set<String> removedEdges,
    boolean truncated) {
  /** Copies the collections. */
  public MapView {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    removedNodes = Set.copyOf(removedNodes);
    removedEdges = Set.copyOf(removedEdges);
  }

  /** Whether nothing is in it. */
  public boolean empty() {
    return nodes.isEmpty() && edges.isEmpty() && removedNodes.isEmpty() && removedEdges.isEmpty();
  }

  /**
   * A node of the map: a group, a container of an expanded group, a host, or the outside world.
   *
   * @param id the group's name, the workload's id, the node's id, or {@code external}
   * @param kind {@code group}, {@code workload}, {@code host}, {@code external}
   * @param name what to show
   * @param group the group of a workload, empty otherwise
   * @param domain the domain, empty where there is none
   * @param image the image of a workload, empty otherwise
   * @param members how many workloads a group has
   * @param addresses the addresses of a workload or host
   * @param mode the network mode, empty where there is none
   */
  public record Node(
      String id,
      String kind,
      String name,
      String group,
      String domain,
      String image,
      int members,
      List<String> addresses,
      String mode) {}

  /**
   * An edge of the map, client to server.
   *
   * @param id {@code from→to}
   * @param from the client's node
   * @param to the server's node
   * @param applications application names
   * @param ports ports as in {@code tcp/80}
   * @param bytes bytes of both directions
   * @param sessions flows
   * @param action the strictest that was decided
   * @param firstSeen nanoseconds since the epoch
   * @param lastSeen nanoseconds since the epoch
   */
  public record Edge(
      String id,
      String from,
      String to,
      List<String> applications,
      List<String> ports,
      long bytes,
      long sessions,
      ConversationEntry.Action action,
      long firstSeen,
      long lastSeen) {}
}
