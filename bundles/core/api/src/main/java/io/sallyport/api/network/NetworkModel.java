/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.FlowMessage;
import io.sallyport.api.workload.Workload;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The controller's picture of everything its nodes report: in memory, bounded, rebuilt from the
 * nodes after a restart. Safe on any thread; every answer is a snapshot.
 */
@ProviderType
public interface NetworkModel {
  /** The nodes that report, or have reported. */
  List<Node> nodes();

  /** Running workloads, by name. */
  List<Workload> workloads();

  /** One workload, by id, unique beginning of an id (8 characters at least), or name. */
  @Nullable Workload workload(String idOrName);

  /** Learned and reserved groups, by name. */
  List<Group> groups();

  /** All conversations between workloads, hosts and addresses. */
  List<Conversation> conversations();

  /** The conversations between two nodes of the map: groups, workloads, hosts, {@code external}. */
  List<Conversation> conversations(String fromNode, String toNode);

  /** The flows of a workload that are known, newest first. */
  List<FlowRecord> sessions(String workloadId);

  /** Who an address is, seen from a node: a workload, a host, or just the address. */
  Peer peer(String nodeId, io.sallyport.api.common.IpAddress address);

  /**
   * Follows the map: the whole of it at once, then what changes, within half a second.
   *
   * @param expanded groups to be shown as their containers
   * @param listener called on a thread of the model's; one that is slow misses nothing but gets
   *     several changes as one
   */
  Subscription map(Set<String> expanded, Consumer<MapView> listener);

  /**
   * Follows flows as they are reported.
   *
   * @param filter which ones
   * @param listener called on a thread of the model's
   */
  Subscription flows(Predicate<FlowRecord> filter, FlowFollower listener);

  /** What the model has dropped or evicted because of its bounds, by name. */
  List<io.sallyport.api.flow.DataplaneStatus.Counter> counters();

  /** A node as it was last heard of. */
  record Node(
      io.sallyport.api.link.NodeInfo info,
      io.sallyport.api.link.NodeStatus status,
      boolean connected,
      long firstHeard,
      long lastHeard,
      int workloads) {}

  /** Told of flows. */
  interface FlowFollower {
    /** A flow is new, has been identified, or has ended. */
    void flow(String nodeId, FlowRecord flow);

    /** A message was read. */
    void message(String nodeId, FlowMessage message);

    /** So many flows and messages were left out because the follower was too slow. */
    void missed(long count);
  }
}
