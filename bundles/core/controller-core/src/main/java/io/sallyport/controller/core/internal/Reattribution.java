/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Moves conversations with a mere address to whom it belongs, when that is reported after them: the
 * other node's report came later. What was said before a container began stays with the address.
 */
final class Reattribution {
  private final WorkloadDirectory workloads;
  private final AddressBook addresses;
  private final ConversationStore conversations;

  private record Move(Pair from, PortKey fromKey, Pair to, PortKey toKey) {}

  Reattribution(
      WorkloadDirectory workloads, AddressBook addresses, ConversationStore conversations) {
    this.workloads = workloads;
    this.addresses = addresses;
    this.conversations = conversations;
  }

  /** These addresses have come to belong to someone. */
  void changed(Collection<IpAddress> changed) {
    List<Move> moves = new ArrayList<>();
    for (IpAddress address : changed) {
      for (Pair pair : conversations.with(address.toString())) {
        PairPorts ports = conversations.get(pair);
        if (ports != null) {
          ports.forEach((key, entry) -> consider(pair, key, entry, address, moves));
        }
      }
    }
    moves.forEach(this::move);
  }

  /** A workload has come whose ports are published by its host. */
  void published(Workload workload) {
    List<PublishedPort> published = workload.container().publishedPorts();
    if (published.isEmpty()) {
      return;
    }
    End host = End.node(workload.nodeId());
    List<Move> moves = new ArrayList<>();
    conversations.forEach(
        (pair, ports) -> {
          if (pair.server().equals(host)) {
            ports.forEach((key, entry) -> consider(pair, key, entry, workload, moves));
          }
        });
    moves.forEach(this::move);
  }

  private void consider(
      Pair pair, PortKey key, PortEntry entry, IpAddress address, List<Move> moves) {
    boolean ingress = pair.client().outside();
    End self = ingress ? pair.server() : pair.client();
    Workload own = workloads.known(self.id());
    if (own == null) {
      return;
    }
    AddressBook.Target target =
        ingress
            ? new AddressBook.Target(addresses.find(own.nodeId(), address), key.port())
            : addresses.server(own.nodeId(), address, key.transport(), key.port());
    if (!target.end().outside() && entry.firstSeen() >= beginning(target.end())) {
      Pair to = ingress ? new Pair(target.end(), self) : new Pair(self, target.end());
      moves.add(new Move(pair, key, to, new PortKey(key.transport(), target.port())));
    }
  }

  private void consider(
      Pair pair, PortKey key, PortEntry entry, Workload workload, List<Move> moves) {
    Workload own = workloads.known(pair.client().id());
    if (own == null) {
      return;
    }
    for (IpAddress address : entry.serverAddresses()) {
      AddressBook.Target target =
          addresses.server(own.nodeId(), address, key.transport(), key.port());
      if (target.end().equals(End.workload(workload.networkOwner()))
          && entry.firstSeen() >= beginning(target.end())) {
        Pair to = new Pair(pair.client(), target.end());
        moves.add(new Move(pair, key, to, new PortKey(key.transport(), target.port())));
        return;
      }
    }
  }

  private void move(Move move) {
    PairPorts ports = conversations.get(move.from());
    if (ports == null) {
      return;
    }
    PortEntry moved = ports.remove(move.fromKey());
    if (ports.empty()) {
      conversations.remove(move.from());
    }
    if (moved != null) {
      conversations.entry(move.to(), move.toKey()).add(moved);
    }
  }

  private long beginning(End end) {
    return end.kind() == Peer.Kind.WORKLOAD ? workloads.beginning(end.id()) : Long.MIN_VALUE;
  }
}
