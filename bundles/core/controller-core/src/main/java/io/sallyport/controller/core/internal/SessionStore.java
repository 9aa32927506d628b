/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The flows of each workload, the latest of them. Guarded by the model's lock. */
final class SessionStore {
  private final int maxPerWorkload;
  private final int maxTotal;
  private final Map<String, LinkedHashMap<Long, FlowRecord>> flows = new HashMap<>();
  private int total;
  private long evicted;

  SessionStore(int maxPerWorkload, int maxTotal) {
    this.maxPerWorkload = maxPerWorkload;
    this.maxTotal = maxTotal;
  }

  void put(FlowRecord flow) {
    LinkedHashMap<Long, FlowRecord> own =
        flows.computeIfAbsent(flow.workloadId(), id -> new LinkedHashMap<>());
    if (own.remove(flow.id()) != null) {
      total--;
    }
    if (total >= maxTotal || own.size() >= maxPerWorkload) {
      evicted++;
      if (own.isEmpty()) {
        return;
      }
      Iterator<Long> oldest = own.keySet().iterator();
      oldest.next();
      oldest.remove();
      total--;
    }
    own.put(flow.id(), flow);
    total++;
  }

  /** A workload's flows, newest first. */
  List<FlowRecord> of(String workloadId) {
    LinkedHashMap<Long, FlowRecord> own = flows.get(workloadId);
    return own == null ? List.of() : new ArrayList<>(own.values()).reversed();
  }

  /** Forgets flows that ended before then, or that nothing was heard of for much longer. */
  void age(long closedBefore, long silentSince) {
    for (LinkedHashMap<Long, FlowRecord> own : flows.values()) {
      int before = own.size();
      own.values()
          .removeIf(
              flow ->
                  flow.lastSeen() < silentSince
                      || (flow.state() == FlowState.CLOSED && flow.lastSeen() < closedBefore));
      total -= before - own.size();
    }
    flows.values().removeIf(Map::isEmpty);
  }

  void forget(Collection<String> workloadIds) {
    for (String id : workloadIds) {
      LinkedHashMap<Long, FlowRecord> own = flows.remove(id);
      total -= own == null ? 0 : own.size();
    }
  }

  int size() {
    return total;
  }

  long evicted() {
    return evicted;
  }
}
