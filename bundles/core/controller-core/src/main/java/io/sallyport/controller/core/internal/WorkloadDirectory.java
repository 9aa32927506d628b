/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.workload.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workloads that run, and those that have ended lately: their conversations are still shown, so
 * their names must be known. Guarded by the model's lock.
 */
final class WorkloadDirectory {
  private static final int SHORTEST_PREFIX = 8;

  /** Clocks of hosts differ, and a container speaks a little before its start is recorded. */
  private static final long TOLERANCE = 2_000_000_000L;

  private final int maxDeparted;
  private final Map<String, Workload> running = new HashMap<>();
  private final LinkedHashMap<String, Departed> departed = new LinkedHashMap<>();
  private final Map<String, Set<String>> byNode = new HashMap<>();

  private record Departed(Workload workload, long at) {}

  WorkloadDirectory(int maxDeparted) {
    this.maxDeparted = maxDeparted;
  }

  /** Takes a workload as it now is: as it was before, null when it is new. */
  @Nullable Workload put(Workload workload) {
    departed.remove(workload.id());
    byNode.computeIfAbsent(workload.nodeId(), n -> new HashSet<>()).add(workload.id());
    return running.put(workload.id(), workload);
  }

  /** A workload ended: as it was, null when it was not running. */
  @Nullable Workload depart(String id, long now) {
    Workload workload = running.remove(id);
    if (workload != null) {
      departed.put(id, new Departed(workload, now));
      of(workload.nodeId()).remove(id);
    }
    return workload;
  }

  /** Forgets those that ended before then, and the oldest when there are too many: their ids. */
  Set<String> forget(long before) {
    Set<String> forgotten = new HashSet<>();
    for (Iterator<Map.Entry<String, Departed>> i = departed.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Departed> oldest = i.next();
      if (oldest.getValue().at() >= before && departed.size() <= maxDeparted) {
        break;
      }
      forgotten.add(oldest.getKey());
      i.remove();
    }
    return forgotten;
  }

  /** The ids of those that run on a node. */
  Set<String> of(String nodeId) {
    return byNode.getOrDefault(nodeId, new HashSet<>());
  }

  void forgetNode(String nodeId) {
    byNode.remove(nodeId);
  }

  /** One that runs or has ended lately. */
  @Nullable Workload known(String id) {
    Workload workload = running.get(id);
    if (workload != null) {
      return workload;
    }
    Departed gone = departed.get(id);
    return gone == null ? null : gone.workload();
  }

  /** When a workload began, in nanoseconds since the epoch; very early when unknown. */
  long beginning(String id) {
    Workload workload = known(id);
    if (workload == null) {
      return Long.MIN_VALUE;
    }
    Instant started = workload.container().startedAt();
    Instant start = started == null ? workload.container().createdAt() : started;
    return start == null ? Long.MIN_VALUE : Nanos.of(start) - TOLERANCE;
  }

  boolean runs(String id) {
    return running.containsKey(id);
  }

  /** Those that run, by name. */
  List<Workload> running() {
    List<Workload> all = new ArrayList<>(running.values());
    all.sort(Comparator.comparing(Workload::name).thenComparing(Workload::id));
    return all;
  }

  int size() {
    return running.size();
  }

  /** One that runs: by id, unique beginning of an id, or name. */
  @Nullable Workload find(String idOrName) {
    Workload exact = running.get(idOrName);
    if (exact != null) {
      return exact;
    }
    Workload byPrefix = null;
    Workload byName = null;
    boolean ambiguous = idOrName.length() < SHORTEST_PREFIX;
    for (Workload workload : running.values()) {
      if (workload.name().equals(idOrName)) {
        byName = workload;
      }
      if (workload.id().startsWith(idOrName)) {
        ambiguous |= byPrefix != null;
        byPrefix = workload;
      }
    }
    return byName != null || ambiguous ? byName : byPrefix;
  }
}
