/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who has an address: on each node, as networks of different hosts may use the same ones. */
final class AddressBook {
  private final Map<IpAddress, Map<String, String>> workloads = new HashMap<>();
  private final Map<Place, Departed> departed = new HashMap<>();
  private final Map<IpAddress, Set<String>> nodes = new HashMap<>();
  private final Map<PublishedKey, Map<String, Published>> published = new HashMap<>();

  private record Place(String nodeId, IpAddress address) {}

  private record PublishedKey(String nodeId, Transport transport, int port) {}

  private record Published(@Nullable IpAddress hostAddress, int containerPort) {}

  /** Who had an address until when. */
  record Departed(String workloadId, long at) {}

  /** Who was called, and on which port of its own network. */
  record Target(End end, int port) {}

  /** Adds the published ports of a workload, and the addresses of one that speaks for others. */
  void add(Workload workload) {
    if (workload.networkOwner().equals(workload.id())) {
      for (IpAddress address : workload.addresses()) {
        workloads
            .computeIfAbsent(address, a -> new HashMap<>(2))
            .put(workload.nodeId(), workload.id());
      }
    }
    for (PublishedPort port : workload.container().publishedPorts()) {
      published
          .computeIfAbsent(key(workload, port), k -> new HashMap<>(2))
          .put(workload.networkOwner(), new Published(port.hostAddress(), port.containerPort()));
    }
  }

  void remove(Workload workload) {
    for (IpAddress address : workload.addresses()) {
      Map<String, String> holders = workloads.get(address);
      if (holders != null
          && holders.remove(workload.nodeId(), workload.id())
          && holders.isEmpty()) {
        workloads.remove(address);
      }
    }
    for (PublishedPort port : workload.container().publishedPorts()) {
      Map<String, Published> holders = published.get(key(workload, port));
      if (holders != null) {
        holders.remove(workload.networkOwner());
        if (holders.isEmpty()) {
          published.remove(key(workload, port));
        }
      }
    }
  }

  /** A workload has ended: what was begun with it until now is still its own. */
  void depart(Workload workload, long now) {
    remove(workload);
    if (workload.networkOwner().equals(workload.id())) {
      for (IpAddress address : workload.addresses()) {
        departed.put(new Place(workload.nodeId(), address), new Departed(workload.id(), now));
      }
    }
  }

  /** Forgets those that ended before then. */
  void forget(long before) {
    departed.values().removeIf(each -> each.at() < before);
  }

  /** Who had an address on a node last, if nobody has it now or another began later. */
  @Nullable Departed departed(String nodeId, IpAddress address) {
    return departed.get(new Place(nodeId, address));
  }

  void addNode(String nodeId, Collection<IpAddress> addresses) {
    addresses.forEach(each -> nodes.computeIfAbsent(each, a -> new HashSet<>(2)).add(nodeId));
  }

  void removeNode(String nodeId, Collection<IpAddress> addresses) {
    for (IpAddress address : addresses) {
      Set<String> holders = nodes.get(address);
      if (holders != null && holders.remove(nodeId) && holders.isEmpty()) {
        nodes.remove(address);
      }
    }
  }

  /** Who an address is for those on a node: its own workloads and addresses come first. */
  End find(String nodeId, IpAddress address) {
    Map<String, String> holders = workloads.getOrDefault(address, Map.of());
    Set<String> hosts = nodes.getOrDefault(address, Set.of());
    String local = holders.get(nodeId);
    if (local != null) {
      return End.workload(local);
    }
    if (hosts.contains(nodeId)) {
      return End.node(nodeId);
    }
    // Where several others have it, it is an address of a network that ends at each host.
    if (holders.size() == 1) {
      return End.workload(holders.values().iterator().next());
    }
    if (hosts.size() == 1 && holders.isEmpty()) {
      return End.node(hosts.iterator().next());
    }
    return End.address(address);
  }

  /** Who is called at an address and port: a port of a host may lead to a workload. */
  Target server(String nodeId, IpAddress address, Transport transport, int port) {
    End end = find(nodeId, address);
    if (end.kind() != io.sallyport.api.network.Peer.Kind.NODE) {
      return new Target(end, port);
    }
    Map<String, Published> holders =
        published.getOrDefault(new PublishedKey(end.id(), transport, port), Map.of());
    for (Map.Entry<String, Published> each : holders.entrySet()) {
      IpAddress bound = each.getValue().hostAddress();
      if (bound == null || bound.equals(address) || unspecified(bound)) {
        return new Target(End.workload(each.getKey()), each.getValue().containerPort());
      }
    }
    return new Target(end, port);
  }

  private static boolean unspecified(IpAddress address) {
    return address.isV4() ? (int) address.low() == 0 : address.high() == 0 && address.low() == 0;
  }

  private static PublishedKey key(Workload workload, PublishedPort port) {
    return new PublishedKey(workload.nodeId(), port.transport(), port.hostPort());
  }
}
