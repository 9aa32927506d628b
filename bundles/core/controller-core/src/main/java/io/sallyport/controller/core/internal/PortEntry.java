/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.link.ConversationDelta;
import io.sallyport.api.network.ConversationEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was said on one port between two ends. Where both ends are containers both hosts report the
 * same flows: what each says is kept apart, and the larger is shown.
 */
final class PortEntry {
  private static final int MAX_ADDRESSES = 16;

  /** So much later than the other side one must have been heard for that one to be out of date. */
  private static final long STALE_NANOS = 10_000_000_000L;

  private static final Comparator<Application> BY_NAME =
      Comparator.comparing(Application::name).thenComparing(Application::id);

  private final Side client = new Side();
  private final Side server = new Side();
  private final TreeSet<IpAddress> clientAddresses = new TreeSet<>();
  private final TreeSet<IpAddress> serverAddresses = new TreeSet<>();
  private long firstSeen = Long.MAX_VALUE;
  private long lastSeen = Long.MIN_VALUE;

  void add(ConversationDelta delta, IpAddress peer, List<IpAddress> own) {
    (delta.ingress() ? server : client).add(delta);
    firstSeen = Math.min(firstSeen, delta.firstSeen());
    lastSeen = Math.max(lastSeen, delta.lastSeen());
    remember(delta.ingress() ? clientAddresses : serverAddresses, peer);
    for (IpAddress address : own) {
      if (address.isV4() == peer.isV4()) {
        remember(delta.ingress() ? serverAddresses : clientAddresses, address);
      }
    }
  }

  /** Takes over what was counted under another name of the same ends. */
  void add(PortEntry other) {
    client.add(other.client);
    server.add(other.server);
    firstSeen = Math.min(firstSeen, other.firstSeen);
    lastSeen = Math.max(lastSeen, other.lastSeen);
    other.clientAddresses.forEach(address -> remember(clientAddresses, address));
    other.serverAddresses.forEach(address -> remember(serverAddresses, address));
  }

  /** Forgets what one side's host reported. */
  void forget(boolean ingress) {
    (ingress ? server : client).clear();
  }

  boolean empty() {
    return client.empty() && server.empty();
  }

  Set<IpAddress> serverAddresses() {
    return serverAddresses;
  }

  long firstSeen() {
    return firstSeen;
  }

  long lastSeen() {
    return lastSeen;
  }

  /** What is shown of it: an entry an application. */
  List<ConversationEntry> entries(PortKey key, ConversationEntry.Action action) {
    return merged().entrySet().stream()
        .map(
            each ->
                new ConversationEntry(
                    each.getKey(),
                    key.transport(),
                    key.port(),
                    each.getValue().sessions,
                    each.getValue().bytesToServer,
                    each.getValue().bytesToClient,
                    firstSeen,
                    lastSeen,
                    !server.empty(),
                    List.copyOf(clientAddresses),
                    List.copyOf(serverAddresses),
                    0,
                    action))
        .toList();
  }

  private Map<Application, Counts> merged() {
    Map<Application, Counts> shown = new TreeMap<>(BY_NAME);
    client.raiseKnown(shown);
    server.raiseKnown(shown);
    Counts known = new Counts();
    shown.values().forEach(known::add);
    Counts unknown = unknown(known);
    if (!unknown.nothing()) {
      shown.put(Application.UNKNOWN, unknown);
    }
    return shown;
  }

  /**
   * What nobody could name. Where one side has named everything, what the other could not name are
   * the same flows, and are not shown again; unless that side has fallen silent since.
   */
  private Counts unknown(Counts known) {
    if (client.empty() || server.empty()) {
      return (client.empty() ? server : client).unknown();
    }
    long apart = client.lastSeen() - server.lastSeen();
    if (Math.abs(apart) > STALE_NANOS) {
      Side current = apart > 0 ? client : server;
      return current.unknown().nothing() ? new Counts() : current.total().without(known);
    }
    Counts left = client.unknown();
    Counts right = server.unknown();
    return left.sessions <= right.sessions ? left : right;
  }

  private static void remember(Set<IpAddress> addresses, IpAddress address) {
    if (addresses.size() < MAX_ADDRESSES) {
      addresses.add(address);
    }
  }
}
