/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.ConversationDelta;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that nodes report, put together. Guarded by the model's lock.
 *
 * <p>It lives in memory alone: after a restart nodes tell everything again. What was learned before
 * and nobody reports any more is not kept over a restart.
 */
final class Picture {
  private final NodeBook nodes = new NodeBook();
  private final WorkloadDirectory workloads;
  private final AddressBook addresses = new AddressBook();
  private final ConversationStore conversations;
  private final SessionStore sessions;
  private final GroupBook groups = new GroupBook();
  private final Reattribution reattribution;
  private long housekeeping;
  private long orphans;

  Picture(ControllerConfig config) {
    this.workloads = new WorkloadDirectory(config.maxDeparted());
    this.conversations =
        new ConversationStore(
            config.maxConversations(), config.maxAddresses(), config.maxEntries());
    this.sessions = new SessionStore(config.maxWorkloadSessions(), config.maxSessions());
    this.reattribution = new Reattribution(workloads, addresses, conversations);
  }

  NodeBook nodes() {
    return nodes;
  }

  WorkloadDirectory workloads() {
    return workloads;
  }

  ConversationStore conversations() {
    return conversations;
  }

  SessionStore sessions() {
    return sessions;
  }

  GroupBook groups() {
    return groups;
  }

  /** Flows to the network itself, which are no conversations. */
  long housekeeping() {
    return housekeeping;
  }

  /** What nodes said of workloads that nobody has reported, or that are another node's. */
  long orphans() {
    return orphans;
  }

  /** Takes a report: whether it was new, changed something, or cannot be used alone. */
  NodeBook.Verdict take(NodeReport report, long now) {
    NodeBook.Entry before = nodes.get(report.node().id());
    List<IpAddress> known = before == null ? List.of() : before.info().addresses();
    NodeBook.Verdict verdict = nodes.take(report, now);
    switch (verdict) {
      case REPEATED, INCOMPLETE -> {}
      case CHANGES, BEGINNING, EVERYTHING -> {
        nodeAddresses(report.node(), known, before == null);
        takeContent(report, verdict, now);
      }
    }
    return verdict;
  }

  /** Forgets what has had its time; all in nanoseconds since the epoch. */
  void age(long now, long departedBefore, long emptyBefore, long lostBefore) {
    for (NodeInfo lost : nodes.forget(lostBefore)) {
      Set.copyOf(workloads.of(lost.id())).forEach(id -> depart(id, now));
      workloads.forgetNode(lost.id());
      addresses.removeNode(lost.id(), lost.addresses());
    }
    addresses.forget(departedBefore);
    Set<String> forgotten = workloads.forget(departedBefore);
    sessions.forget(forgotten);
    if (!forgotten.isEmpty()) {
      conversations.removeIf(
          pair -> forgotten.contains(pair.client().id()) || forgotten.contains(pair.server().id()));
    }
    groups.age(workloads.running(), now, emptyBefore);
  }

  /** Who an address is for those on a node. */
  Peer peer(String nodeId, IpAddress address) {
    return peer(addresses.find(nodeId, address));
  }

  /** What to show of an end. */
  Peer peer(End end) {
    return switch (end.kind()) {
      case WORKLOAD -> {
        Workload workload = workloads.known(end.id());
        yield workload == null
            ? new Peer(end.kind(), end.id(), end.id(), "", "")
            : new Peer(end.kind(), end.id(), workload.name(), workload.group(), workload.domain());
      }
      case NODE -> {
        NodeBook.Entry node = nodes.get(end.id());
        String name = node == null ? end.id() : node.info().name();
        yield new Peer(end.kind(), end.id(), name, GroupBook.NODES, "");
      }
      case ADDRESS -> new Peer(end.kind(), end.id(), end.id(), GroupBook.EXTERNAL, "");
    };
  }

  /** What was decided about what two ends say: as all groups are in Discover, it is learned. */
  ConversationEntry.Action action(Pair pair) {
    return ConversationEntry.Action.LEARN;
  }

  private void takeContent(NodeReport report, NodeBook.Verdict verdict, long now) {
    if (verdict != NodeBook.Verdict.CHANGES) {
      departUnlisted(report, now);
    }
    if (verdict == NodeBook.Verdict.EVERYTHING) {
      forgetReported(report.node().id());
    }
    String node = report.node().id();
    report.workloads().forEach(workload -> run(workload, node));
    report.conversations().forEach(delta -> count(delta, node));
    report.goneWorkloads().forEach(id -> departOwn(id, node, now));
    for (FlowRecord flow : report.flows()) {
      if (owned(workloads.known(flow.workloadId()), node)) {
        sessions.put(flow);
      }
    }
  }

  private void nodeAddresses(NodeInfo node, List<IpAddress> known, boolean first) {
    if (first || !known.equals(node.addresses())) {
      addresses.removeNode(node.id(), known);
      addresses.addNode(node.id(), node.addresses());
      reattribution.changed(node.addresses());
    }
  }

  private void run(Workload workload, String node) {
    Workload known = workloads.known(workload.id());
    boolean foreign = known != null && workloads.runs(known.id()) && !owned(known, node);
    if (foreign || !owned(workload, node)) {
      orphans++;
      return;
    }
    Workload before = workloads.put(workload);
    if (before != null) {
      addresses.remove(before);
    }
    groups.learn(workload);
    if (before != null && !before.group().equals(workload.group())) {
      groups.renamed(before.group(), workloads.running());
    }
    if (workload.hostNetwork()) {
      return;
    }
    addresses.add(workload);
    if (before == null || !before.addresses().equals(workload.addresses())) {
      reattribution.changed(workload.addresses());
    }
    if (before == null) {
      reattribution.published(workload);
    }
  }

  private void departUnlisted(NodeReport report, long now) {
    Set<String> gone = new HashSet<>(workloads.of(report.node().id()));
    report.workloads().forEach(workload -> gone.remove(workload.id()));
    gone.forEach(id -> depart(id, now));
  }

  /** An enforcer speaks for its own workloads only. */
  private static boolean owned(@Nullable Workload workload, String node) {
    return workload != null && workload.nodeId().equals(node);
  }

  private void departOwn(String id, String nodeId, long now) {
    if (workloads.of(nodeId).contains(id)) {
      depart(id, now);
    }
  }

  private void depart(String id, long now) {
    Workload workload = workloads.depart(id, now);
    if (workload != null) {
      addresses.depart(workload, now);
    }
  }

  /** Forgets what a node has reported of conversations, as it tells all of it again. */
  private void forgetReported(String nodeId) {
    Set<Pair> empty = new HashSet<>();
    conversations.forEach(
        (pair, ports) -> {
          if (on(nodeId, pair.client())) {
            ports.forget(false);
          }
          if (on(nodeId, pair.server())) {
            ports.forget(true);
          }
          if (ports.empty()) {
            empty.add(pair);
          }
        });
    empty.forEach(conversations::remove);
  }

  private boolean on(String nodeId, End end) {
    Workload workload = end.kind() == Peer.Kind.WORKLOAD ? workloads.known(end.id()) : null;
    return workload != null && workload.nodeId().equals(nodeId);
  }

  private void count(ConversationDelta delta, String node) {
    Workload own = workloads.known(delta.workloadId());
    if (own == null || !owned(own, node)) {
      orphans++;
      return;
    }
    if (LinkScope.housekeeping(delta.peer(), delta.transport())) {
      housekeeping += Math.max(0, delta.sessions());
      return;
    }
    End self = End.workload(own.id());
    AddressBook.Target target = target(own, delta);
    Pair pair = delta.ingress() ? new Pair(target.end(), self) : new Pair(self, target.end());
    conversations
        .entry(pair, new PortKey(delta.transport(), target.port()))
        .add(delta, delta.peer(), own.addresses());
  }

  private AddressBook.Target target(Workload own, ConversationDelta delta) {
    IpAddress peer = delta.peer();
    if (peer.isLoopback() || own.addresses().contains(peer)) {
      return new AddressBook.Target(End.workload(own.id()), delta.port());
    }
    AddressBook.Target now =
        delta.ingress()
            ? new AddressBook.Target(addresses.find(own.nodeId(), peer), delta.port())
            : addresses.server(own.nodeId(), peer, delta.transport(), delta.port());
    AddressBook.Departed before = addresses.departed(own.nodeId(), peer);
    boolean begunBefore =
        before != null
            && delta.firstSeen() <= before.at()
            && (now.end().outside() || delta.firstSeen() < workloads.beginning(now.end().id()));
    return before != null && begunBefore
        ? new AddressBook.Target(End.workload(before.workloadId()), delta.port())
        : now;
  }

  /** Whose flows a workload's are: those of a pod's containers are their sandbox's. */
  String flowsOwner(String workloadId) {
    Workload workload = workloads.known(workloadId);
    return workload == null ? workloadId : workload.networkOwner();
  }
}
