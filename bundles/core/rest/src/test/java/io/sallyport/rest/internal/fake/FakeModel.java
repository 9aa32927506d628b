/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.fake;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodeStatus;
import io.sallyport.api.link.SourceStatus;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.MapView;
import io.sallyport.api.network.Mode;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.Peer;
import io.sallyport.api.plugin.PluginStatus;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A host with a web server, a sidecar in its network, and a database. */
public final class FakeModel implements NetworkModel {
  public static final long NANOS = 1_700_000_000_000_000_000L;

  public final List<Workload> workloads =
      new ArrayList<>(
          List.of(
              workload("aaaaaaaaaaaa", "shop-web-1", "web", "aaaaaaaaaaaa"),
              workload("bbbbbbbbbbbb", "shop-sidecar-1", "web", "aaaaaaaaaaaa"),
              workload("cccccccccccc", "shop-db-1", "db", "cccccccccccc")));
  public final List<Consumer<MapView>> followers = new CopyOnWriteArrayList<>();

  public static Workload workload(String id, String name, String service, String owner) {
    return new Workload(
        new Container(
            id,
            name,
            "registry/" + service + ":1",
            "sha256:1234",
            Map.of("tier", service),
            100,
            "docker",
            "",
            List.of(new PublishedPort(Transport.TCP, null, 8080, 80)),
            Instant.ofEpochSecond(1_600_000_000),
            null),
        "node-1",
        4026531840L,
        false,
        List.of(IpAddress.parse("10.0.0.2"), IpAddress.parse("2001:db8::2")),
        service,
        "shop",
        owner);
  }

  @Override
  public List<Node> nodes() {
    NodeInfo info =
        new NodeInfo(
            "node-1",
            "host-1",
            List.of(IpAddress.parse("192.0.2.1")),
            "6.12.0",
            "Debian",
            2,
            8L << 30,
            "0.1.0",
            "docker");
    DataplaneStatus dataplane =
        new DataplaneStatus(
            List.of(new DataplaneStatus.Backend("ring", true, "works", true)),
            List.of(
                new DataplaneStatus.OpenCapture(
                    "aaaaaaaaaaaa", "ring", new CaptureStatistics(10, 1, 2), "")),
            List.of(new DataplaneStatus.Counter("flows_evicted", "Flows evicted", 3)));
    NodeStatus status =
        new NodeStatus(
            List.of(new SourceStatus("docker", "/var/run/docker.sock", true, 3, "")),
            dataplane,
            List.of(),
            List.of(new PluginStatus("broken.jar", "", "", false, "it is no bundle")),
            0,
            1);
    return List.of(new Node(info, status, true, NANOS, NANOS, workloads.size()));
  }

  @Override
  public List<Workload> workloads() {
    return List.copyOf(workloads);
  }

  @Override
  public @Nullable Workload workload(String idOrName) {
    return workloads.stream()
        .filter(each -> each.id().equals(idOrName) || each.name().equals(idOrName))
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<Group> groups() {
    return List.of(
        group("nv.db.shop", Group.Kind.CONTAINER, true, "db", List.of("cccccccccccc")),
        group(
            "nv.web.shop",
            Group.Kind.CONTAINER,
            true,
            "web",
            List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb")),
        group("external", Group.Kind.EXTERNAL, false, "", List.of()),
        group("nodes", Group.Kind.NODE, false, "", List.of()));
  }

  private static Group group(
      String name, Group.Kind kind, boolean learned, String service, List<String> members) {
    return new Group(
        name,
        kind,
        learned,
        service,
        learned ? "shop" : "",
        Mode.DISCOVER,
        Mode.DISCOVER,
        "basic",
        members);
  }

  @Override
  public List<Conversation> conversations() {
    Peer web = new Peer(Peer.Kind.WORKLOAD, "aaaaaaaaaaaa", "shop-web-1", "nv.web.shop", "shop");
    Peer db = new Peer(Peer.Kind.WORKLOAD, "cccccccccccc", "shop-db-1", "nv.db.shop", "shop");
    return List.of(
        new Conversation(outside("198.51.100.7"), web, List.of(entry(Applications.HTTP, 80, 3))),
        new Conversation(outside("198.51.100.8"), web, List.of(entry(Applications.HTTP, 80, 2))),
        new Conversation(
            web,
            db,
            List.of(entry(Applications.POSTGRESQL, 5432, 5), entry(Application.UNKNOWN, 5433, 1))));
  }

  private static Peer outside(String address) {
    return new Peer(Peer.Kind.ADDRESS, address, address, "external", "");
  }

  private static ConversationEntry entry(Application application, int port, int sessions) {
    return new ConversationEntry(
        application,
        Transport.TCP,
        port,
        sessions,
        100,
        200,
        NANOS,
        NANOS + 5_000_000_000L,
        true,
        List.of(IpAddress.parse("198.51.100.7")),
        List.of(IpAddress.parse("10.0.0.2")),
        0,
        ConversationEntry.Action.LEARN);
  }

  @Override
  public List<Conversation> conversations(String fromNode, String toNode) {
    return conversations().stream()
        .filter(each -> named(each.from(), fromNode) && named(each.to(), toNode))
        .toList();
  }

  private static boolean named(Peer peer, String node) {
    return peer.id().equals(node) || peer.group().equals(node);
  }

  @Override
  public List<FlowRecord> sessions(String workloadId) {
    return workloadId.equals("aaaaaaaaaaaa")
        ? List.of(flow(2, FlowState.ESTABLISHED), flow(1, FlowState.CLOSED))
        : List.of();
  }

  public static FlowRecord flow(long id, FlowState state) {
    return new FlowRecord(
        id,
        "aaaaaaaaaaaa",
        Transport.TCP,
        6,
        new Endpoint(IpAddress.parse("198.51.100.7"), 40_000),
        new Endpoint(IpAddress.parse("10.0.0.2"), 80),
        false,
        Applications.HTTP,
        5,
        500,
        4,
        4_000,
        NANOS,
        NANOS + 1_000_000_000L,
        state,
        Map.of("method", List.of("GET")));
  }

  @Override
  public Peer peer(String nodeId, IpAddress address) {
    return outside(address.toString());
  }

  @Override
  public Subscription map(Set<String> expanded, Consumer<MapView> listener) {
    followers.add(listener);
    listener.accept(view(1, true, node("nv.web.shop"), node("nv.db.shop")));
    return () -> followers.remove(listener);
  }

  public static MapView view(long revision, boolean full, MapView.Node... nodes) {
    MapView.Edge edge =
        new MapView.Edge(
            "nv.web.shop→nv.db.shop",
            "nv.web.shop",
            "nv.db.shop",
            List.of("PostgreSQL"),
            List.of("tcp/5432"),
            300,
            5,
            ConversationEntry.Action.LEARN,
            NANOS,
            NANOS);
    return new MapView(
        revision,
        full,
        List.of(nodes),
        full ? List.of(edge) : List.of(),
        Set.of(),
        full ? Set.of() : Set.of("gone→gone"),
        false);
  }

  public static MapView.Node node(String id) {
    return new MapView.Node(id, "group", id, "", "shop", "", 2, List.of(), "Discover");
  }

  @Override
  public Subscription flows(Predicate<FlowRecord> filter, FlowFollower listener) {
    return () -> {};
  }

  @Override
  public List<DataplaneStatus.Counter> counters() {
    return List.of(new DataplaneStatus.Counter("conversations_evicted", "Evicted", 0));
  }
}
