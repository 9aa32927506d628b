/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.ParserStatus;
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
import io.sallyport.api.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A web server with an odd name, called from outside. */
final class FakeModel implements NetworkModel {
  static final long NANOS = 1_700_000_000_000_000_000L;
  static final DataplaneStatus DATAPLANE =
      new DataplaneStatus(
          List.of(new DataplaneStatus.Backend("ring", true, "works", true)),
          List.of(
              new DataplaneStatus.OpenCapture(
                  "aaaaaaaaaaaa1111", "ring", new CaptureStatistics(10, 1, 2), "")),
          List.of(new DataplaneStatus.Counter("flows_evicted", "Flows evicted", 3)));
  static final ParserStatus PARSER =
      new ParserStatus(
          Applications.HTTP,
          "io.sallyport.parser-http",
          "0.1.0",
          ParserStatus.State.ACTIVE,
          7,
          10,
          12_000,
          1,
          0,
          "");

  final CountDownLatch following = new CountDownLatch(1);
  final CountDownLatch left = new CountDownLatch(1);
  volatile @Nullable FlowFollower follower;

  @Override
  public List<Node> nodes() {
    NodeInfo info =
        new NodeInfo("node-1", "host-1", List.of(), "6.12", "Debian", 2, 1, "0.1.0", "docker");
    NodeStatus status =
        new NodeStatus(
            List.of(new SourceStatus("docker", "/run/docker.sock", false, 0, "refused")),
            DATAPLANE,
            List.of(PARSER),
            List.of(new PluginStatus("broken.jar", "", "", false, "it is no bundle")),
            0,
            1);
    return List.of(new Node(info, status, true, NANOS, NANOS, 1));
  }

  @Override
  public List<Workload> workloads() {
    Container container =
        new Container(
            "aaaaaaaaaaaa1111",
            "web\u001b[31m",
            "nginx",
            "",
            Map.of(),
            7,
            "docker",
            "",
            List.of(),
            null,
            null);
    return List.of(
        new Workload(
            container,
            "node-1",
            1,
            false,
            List.of(IpAddress.parse("10.0.0.2")),
            "web",
            "shop",
            "aaaaaaaaaaaa1111"));
  }

  @Override
  public @Nullable Workload workload(String idOrName) {
    return idOrName.equals("web") ? workloads().getFirst() : null;
  }

  @Override
  public List<Group> groups() {
    return List.of(
        new Group(
            "nv.web.shop",
            Group.Kind.CONTAINER,
            true,
            "web",
            "shop",
            Mode.DISCOVER,
            Mode.MONITOR,
            "basic",
            List.of("aaaaaaaaaaaa1111")));
  }

  @Override
  public List<Conversation> conversations() {
    ConversationEntry entry =
        new ConversationEntry(
            Applications.HTTP,
            Transport.TCP,
            80,
            2,
            1_000,
            2_000,
            NANOS,
            NANOS,
            true,
            List.of(),
            List.of(),
            0,
            ConversationEntry.Action.LEARN);
    return List.of(
        new Conversation(
            peer("node-1", IpAddress.parse("198.51.100.7")),
            peer("node-1", IpAddress.parse("10.0.0.2")),
            List.of(entry)));
  }

  @Override
  public List<Conversation> conversations(String fromNode, String toNode) {
    return conversations();
  }

  @Override
  public List<FlowRecord> sessions(String workloadId) {
    return List.of(flow(2, 40_001), flow(1, 40_000));
  }

  static FlowRecord flow(long id, int clientPort) {
    return new FlowRecord(
        id,
        "aaaaaaaaaaaa1111",
        Transport.TCP,
        6,
        new Endpoint(IpAddress.parse("198.51.100.7"), clientPort),
        new Endpoint(IpAddress.parse("10.0.0.2"), 80),
        false,
        Applications.HTTP,
        5,
        500,
        4,
        4_000,
        NANOS,
        NANOS + id,
        FlowState.ESTABLISHED,
        Map.of("path", List.of("/x")));
  }

  @Override
  public Peer peer(String nodeId, IpAddress address) {
    return address.toString().equals("10.0.0.2")
        ? new Peer(Peer.Kind.WORKLOAD, "aaaaaaaaaaaa1111", "web", "nv.web.shop", "shop")
        : new Peer(Peer.Kind.ADDRESS, address.toString(), address.toString(), "external", "");
  }

  @Override
  public Subscription map(Set<String> expanded, Consumer<MapView> listener) {
    return () -> {};
  }

  @Override
  public Subscription flows(Predicate<FlowRecord> filter, FlowFollower newFollower) {
    follower = newFollower;
    following.countDown();
    return left::countDown;
  }

  @Override
  public List<DataplaneStatus.Counter> counters() {
    return List.of();
  }
}
