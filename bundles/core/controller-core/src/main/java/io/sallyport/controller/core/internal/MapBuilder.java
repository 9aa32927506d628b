/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.MapView;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Draws the map of a picture: groups, the containers of expanded ones, hosts that take part, and
 * the outside world as one. Used once, under the model's lock.
 */
final class MapBuilder {
  static final String EXTERNAL = GroupBook.EXTERNAL;

  /** As in NeuVector, an edge of more ports than this is of any port. */
  private static final int MAX_PORTS = 20;

  private static final String ANY = "any";

  /** Recency is told in whole minutes, so that nodes at the limit do not come and go. */
  private static final long RECENCY = 60_000_000_000L;

  private final Picture picture;
  private final Set<String> expanded;
  private final int maxNodes;
  private final Map<String, EdgeSum> edges = new HashMap<>();
  private final Map<String, MapView.Node> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> members = new HashMap<>();

  MapBuilder(Picture picture, Set<String> expanded, int maxNodes) {
    this.picture = picture;
    this.expanded = expanded;
    this.maxNodes = maxNodes;
  }

  /** The map's node of an end. */
  static String nodeOf(End end, Picture picture, Set<String> expanded) {
    return switch (end.kind()) {
      case WORKLOAD -> {
        Workload workload = picture.workloads().known(end.id());
        yield workload == null || expanded.contains(workload.group()) ? end.id() : workload.group();
      }
      case NODE -> end.id();
      case ADDRESS -> EXTERNAL;
    };
  }

  MapSnapshot build() {
    for (Workload workload : picture.workloads().running()) {
      members.merge(workload.group(), 1, Integer::sum);
    }
    for (Workload workload : picture.workloads().running()) {
      add(workload);
    }
    picture
        .conversations()
        .forEach(
            (pair, ports) -> {
              String from = end(pair.client());
              String to = end(pair.server());
              if (!nodes.containsKey(from) || !nodes.containsKey(to)) {
                return;
              }
              edges
                  .computeIfAbsent(from + "→" + to, id -> new EdgeSum(id, from, to))
                  .add(ports.summary(), picture.action(pair));
            });
    boolean truncated = nodes.size() > maxNodes;
    if (truncated) {
      keepMostRecent();
    }
    Map<String, MapView.Edge> drawn = new LinkedHashMap<>();
    edges.forEach((id, edge) -> drawn.put(id, edge.edge()));
    return new MapSnapshot(nodes, drawn, truncated);
  }

  private String end(End end) {
    String id = nodeOf(end, picture, expanded);
    if (!nodes.containsKey(id)) {
      switch (end.kind()) {
        case WORKLOAD -> {
          Workload workload = picture.workloads().known(end.id());
          if (workload != null) {
            add(workload);
          }
        }
        case NODE -> nodes.put(id, host(id));
        case ADDRESS ->
            nodes.put(id, new MapView.Node(id, "external", id, "", "", "", 0, List.of(), ""));
      }
    }
    return id;
  }

  private void add(Workload workload) {
    String group = workload.group();
    String mode = picture.groups().mode(group).label();
    if (expanded.contains(group)) {
      nodes.put(
          workload.id(),
          new MapView.Node(
              workload.id(),
              "workload",
              workload.name(),
              group,
              workload.domain(),
              workload.container().image(),
              0,
              workload.addresses().stream().map(Object::toString).toList(),
              mode));
    } else {
      nodes.computeIfAbsent(
          group,
          id ->
              new MapView.Node(
                  id,
                  "group",
                  workload.service(),
                  "",
                  workload.domain(),
                  "",
                  members.getOrDefault(id, 0),
                  List.of(),
                  mode));
    }
  }

  private MapView.Node host(String id) {
    NodeBook.Entry node = picture.nodes().get(id);
    return new MapView.Node(
        id,
        "host",
        node == null ? id : node.info().name(),
        GroupBook.NODES,
        "",
        "",
        0,
        node == null ? List.of() : node.info().addresses().stream().map(Object::toString).toList(),
        "");
  }

  /** Leaves out the nodes that have said nothing for longest; the outside world stays. */
  private void keepMostRecent() {
    Map<String, Long> recency = new HashMap<>();
    for (EdgeSum edge : edges.values()) {
      recency.merge(edge.from, edge.lastSeen / RECENCY, Math::max);
      recency.merge(edge.to, edge.lastSeen / RECENCY, Math::max);
    }
    recency.put(EXTERNAL, Long.MAX_VALUE);
    List<String> ids = new ArrayList<>(nodes.keySet());
    ids.sort(
        Comparator.comparing((String id) -> recency.getOrDefault(id, 0L))
            .reversed()
            .thenComparing(id -> id));
    Set<String> kept = new HashSet<>(ids.subList(0, maxNodes));
    nodes.keySet().retainAll(kept);
    edges.values().removeIf(edge -> !kept.contains(edge.from) || !kept.contains(edge.to));
  }

  private static final class EdgeSum {
    private final String id;
    private final String from;
    private final String to;
    private final TreeSet<String> applications = new TreeSet<>();
    private final TreeSet<String> ports = new TreeSet<>();
    private long bytes;
    private long sessions;
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen = Long.MIN_VALUE;
    private ConversationEntry.Action action = ConversationEntry.Action.OPEN;

    EdgeSum(String id, String from, String to) {
      this.id = id;
      this.from = from;
      this.to = to;
    }

    void add(PairPorts.Summary summary, ConversationEntry.Action decided) {
      applications.addAll(summary.applications());
      if (ports.size() <= MAX_PORTS) {
        ports.addAll(summary.ports());
      }
      bytes += summary.bytes();
      sessions += summary.sessions();
      firstSeen = Math.min(firstSeen, summary.firstSeen());
      lastSeen = Math.max(lastSeen, summary.lastSeen());
      action = decided.compareTo(action) > 0 ? decided : action;
    }

    MapView.Edge edge() {
      return new MapView.Edge(
          id,
          from,
          to,
          List.copyOf(applications),
          ports.size() > MAX_PORTS ? List.of(ANY) : List.copyOf(ports),
          bytes,
          sessions,
          action,
          firstSeen,
          lastSeen);
    }
  }
}
