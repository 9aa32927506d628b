/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.network.ConversationEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Everything that one end, as client, said to another: an entry a port, the latest of them. */
final class PairPorts {
  private final LinkedHashMap<PortKey, PortEntry> ports = new LinkedHashMap<>(4, 0.75f, true);
  private @Nullable Summary summary;

  /** What the map shows of it. */
  record Summary(
      List<String> applications,
      List<String> ports,
      long bytes,
      long sessions,
      long firstSeen,
      long lastSeen) {}

  /** The entry of a port, made when there is none. */
  PortEntry entry(PortKey key) {
    summary = null;
    return ports.computeIfAbsent(key, k -> new PortEntry());
  }

  /** Leaves out the entries that were not heard of for longest: how many. */
  int limit(int max) {
    int evicted = 0;
    for (Iterator<PortKey> i = ports.keySet().iterator(); ports.size() > max; evicted++) {
      i.next();
      i.remove();
    }
    return evicted;
  }

  @Nullable PortEntry remove(PortKey key) {
    summary = null;
    return ports.remove(key);
  }

  /** Forgets what one side's host reported. */
  void forget(boolean ingress) {
    summary = null;
    ports.values().forEach(entry -> entry.forget(ingress));
    ports.values().removeIf(PortEntry::empty);
  }

  boolean empty() {
    return ports.isEmpty();
  }

  /** Shows every port; it must not be changed meanwhile. */
  void forEach(BiConsumer<PortKey, PortEntry> visitor) {
    ports.forEach(visitor);
  }

  List<ConversationEntry> entries(ConversationEntry.Action action) {
    List<ConversationEntry> entries = new ArrayList<>();
    for (Map.Entry<PortKey, PortEntry> each : ports.entrySet()) {
      entries.addAll(each.getValue().entries(each.getKey(), action));
    }
    return entries;
  }

  Summary summary() {
    Summary known = summary;
    if (known == null) {
      known = summarize(entries(ConversationEntry.Action.OPEN));
      summary = known;
    }
    return known;
  }

  private static Summary summarize(List<ConversationEntry> entries) {
    TreeSet<String> applications = new TreeSet<>();
    TreeSet<String> ports = new TreeSet<>();
    long bytes = 0;
    long sessions = 0;
    long firstSeen = Long.MAX_VALUE;
    long lastSeen = Long.MIN_VALUE;
    for (ConversationEntry entry : entries) {
      if (entry.application().known()) {
        applications.add(entry.application().name());
      }
      ports.add(entry.portText());
      bytes += entry.bytes();
      sessions += entry.sessions();
      firstSeen = Math.min(firstSeen, entry.firstSeen());
      lastSeen = Math.max(lastSeen, entry.lastSeen());
    }
    return new Summary(
        List.copyOf(applications), List.copyOf(ports), bytes, sessions, firstSeen, lastSeen);
  }
}
