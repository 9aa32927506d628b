/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.ConversationDelta;
import io.sallyport.api.link.FlowMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The collectors of all workloads, and what they share: bounds and drop counters. */
final class FlowLedger {
  private final FlowBounds bounds;
  private final AtomicInteger conversations = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final Map<String, FlowCollector> collectors = new HashMap<>();
  private final Map<String, FlowCollector> retired = new HashMap<>();

  /** What has come together since the last time. */
  record Harvest(
      List<ConversationDelta> conversations, List<FlowRecord> flows, List<FlowMessage> messages) {}

  FlowLedger(FlowBounds bounds) {
    this.bounds = bounds;
  }

  /** The collector of a workload, made when there is none. */
  synchronized FlowCollector collector(String workloadId) {
    FlowCollector back = retired.remove(workloadId);
    if (back != null) {
      collectors.putIfAbsent(workloadId, back);
    }
    return collectors.computeIfAbsent(
        workloadId, id -> new FlowCollector(id, bounds, conversations, dropped));
  }

  /** A workload's flows have ended. What they did last is harvested once more, then forgotten. */
  synchronized void retire(String workloadId) {
    FlowCollector collector = collectors.remove(workloadId);
    if (collector != null) {
      retired.put(workloadId, collector);
    }
  }

  /** What of flows, messages and conversations had to be left out so far. */
  long dropped() {
    return dropped.sum();
  }

  /**
   * Takes what has come together.
   *
   * @param full whether conversations are wanted from the beginning on, not since the last time
   */
  Harvest harvest(boolean full) {
    List<FlowCollector> all;
    List<FlowCollector> last = new ArrayList<>();
    synchronized (this) {
      all = new ArrayList<>(collectors.values());
      for (Iterator<FlowCollector> i = retired.values().iterator(); i.hasNext(); ) {
        FlowCollector collector = i.next();
        all.add(collector);
        if (collector.age()) {
          i.remove();
          last.add(collector);
        }
      }
    }
    List<ConversationDelta> deltas = new ArrayList<>();
    List<FlowRecord> flows = new ArrayList<>();
    List<FlowMessage> messages = new ArrayList<>();
    for (FlowCollector collector : all) {
      collector.harvest(full, deltas, flows, messages);
    }
    last.forEach(FlowCollector::clear);
    return new Harvest(
        deltas,
        newest(flows, bounds.flows(), Comparator.comparingLong(FlowRecord::lastSeen)),
        newest(
            messages,
            bounds.messages(),
            Comparator.comparingLong(message -> message.flow().lastSeen())));
  }

  private <T> List<T> newest(List<T> all, int limit, Comparator<T> byTime) {
    if (all.size() <= limit) {
      return all;
    }
    dropped.add(all.size() - limit);
    all.sort(byTime);
    return all.subList(all.size() - limit, all.size());
  }
}
