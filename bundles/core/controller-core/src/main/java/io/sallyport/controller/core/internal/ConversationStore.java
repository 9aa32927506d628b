/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All conversations, bounded: those between workloads and hosts, and those with addresses outside,
 * which anybody out there can make many of. Of either kind the ones not heard of for longest go
 * first. Guarded by the model's lock.
 */
final class ConversationStore {
  private final int maxInside;
  private final int maxOutside;
  private final int maxPorts;
  private final LinkedHashMap<Pair, PairPorts> inside = new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Pair, PairPorts> outside = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Set<Pair>> byAddress = new HashMap<>();
  private long evictedPairs;
  private long evictedPorts;

  ConversationStore(int maxInside, int maxOutside, int maxPorts) {
    this.maxInside = maxInside;
    this.maxOutside = maxOutside;
    this.maxPorts = maxPorts;
  }

  /** What is known of two ends' port, made when there is nothing; it counts as heard of now. */
  PortEntry entry(Pair pair, PortKey key) {
    Map<Pair, PairPorts> home = pair.outside() ? outside : inside;
    PairPorts ports = home.get(pair);
    if (ports == null) {
      ports = new PairPorts();
      home.put(pair, ports);
      index(pair);
      shrink(home, pair.outside() ? maxOutside : maxInside);
    }
    PortEntry entry = ports.entry(key);
    evictedPorts += ports.limit(maxPorts);
    return entry;
  }

  @Nullable PairPorts get(Pair pair) {
    return (pair.outside() ? outside : inside).get(pair);
  }

  void remove(Pair pair) {
    if ((pair.outside() ? outside : inside).remove(pair) != null) {
      unindex(pair);
    }
  }

  void removeIf(Predicate<Pair> condition) {
    for (Map<Pair, PairPorts> home : List.of(inside, outside)) {
      for (Iterator<Pair> i = home.keySet().iterator(); i.hasNext(); ) {
        Pair pair = i.next();
        if (condition.test(pair)) {
          i.remove();
          unindex(pair);
        }
      }
    }
  }

  /** The pairs in which an outside address takes part. */
  List<Pair> with(String address) {
    return List.copyOf(byAddress.getOrDefault(address, Set.of()));
  }

  /** Shows every pair; nothing may be added or removed meanwhile. */
  void forEach(BiConsumer<Pair, PairPorts> visitor) {
    inside.forEach(visitor);
    outside.forEach(visitor);
  }

  int size() {
    return inside.size() + outside.size();
  }

  long evictedPairs() {
    return evictedPairs;
  }

  long evictedPorts() {
    return evictedPorts;
  }

  private void shrink(Map<Pair, PairPorts> home, int max) {
    for (Iterator<Pair> i = home.keySet().iterator(); home.size() > max; evictedPairs++) {
      Pair oldest = i.next();
      i.remove();
      unindex(oldest);
    }
  }

  private void index(Pair pair) {
    for (End end : List.of(pair.client(), pair.server())) {
      if (end.outside()) {
        byAddress.computeIfAbsent(end.id(), a -> new LinkedHashSet<>(2)).add(pair);
      }
    }
  }

  private void unindex(Pair pair) {
    for (End end : List.of(pair.client(), pair.server())) {
      Set<Pair> pairs = byAddress.get(end.id());
      if (pairs != null && pairs.remove(pair) && pairs.isEmpty()) {
        byAddress.remove(end.id());
      }
    }
  }
}
