/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.ConversationDelta;
import io.sallyport.api.link.FlowMessage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the flows of one workload to conversations. The datapath's threads call its observers;
 * the reporter takes the sums. Both hold its lock only for a look-up and a few additions, or for
 * copying what has changed.
 *
 * <p>Sums are kept from the workload's beginning on, beside what of them was told: so a difference
 * may be negative, when flows turn out to belong to another conversation than the one they were
 * counted in, and everything can be told again to a controller that has forgotten it.
 */
final class FlowCollector {
  private static final int ROUNDS_AFTER_RETIREMENT = 10;

  private final String workloadId;
  private final FlowBounds bounds;
  private final AtomicInteger conversationsOfNode;
  private final LongAdder dropped;
  private final LinkedHashMap<ConversationKey, ConversationTotals> conversations =
      new LinkedHashMap<>(16, 0.75f, true);
  private final LinkedHashMap<Long, FlowRecord> flows = new LinkedHashMap<>();
  private final ArrayDeque<FlowMessage> messages = new ArrayDeque<>();
  private volatile Set<IpAddress> addresses = Set.of();
  private int roundsLeft = ROUNDS_AFTER_RETIREMENT;

  FlowCollector(
      String workloadId, FlowBounds bounds, AtomicInteger conversationsOfNode, LongAdder dropped) {
    this.workloadId = workloadId;
    this.bounds = bounds;
    this.conversationsOfNode = conversationsOfNode;
    this.dropped = dropped;
  }

  /** The workload's own addresses, by which its end of a flow is told. */
  void addresses(Collection<IpAddress> own) {
    addresses = Set.copyOf(own);
  }

  /** An observer for one capture; flows of an earlier capture may still end on the earlier one. */
  FlowObserver observer() {
    return new Observer();
  }

  /** Whether the last round after retirement has come. */
  synchronized boolean age() {
    return roundsLeft-- <= 0;
  }

  /** Gives back what it holds of the node's budget. */
  synchronized void clear() {
    conversationsOfNode.addAndGet(-conversations.size());
    conversations.clear();
  }

  /** Moves what has come together into the lists. */
  synchronized void harvest(
      boolean full,
      List<ConversationDelta> deltas,
      List<FlowRecord> changedFlows,
      List<FlowMessage> newMessages) {
    conversations.forEach(
        (key, totals) -> {
          if (totals.changed() || (full && !totals.empty())) {
            deltas.add(totals.tell(workloadId, key, full));
          }
        });
    changedFlows.addAll(flows.values());
    flows.clear();
    newMessages.addAll(messages);
    messages.clear();
  }

  private void keep(FlowRecord flow) {
    flows.remove(flow.id());
    if (flows.size() >= bounds.flows()) {
      Iterator<Long> oldest = flows.keySet().iterator();
      oldest.next();
      oldest.remove();
      dropped.increment();
    }
    flows.put(flow.id(), flow);
  }

  private void keep(FlowMessage message) {
    if (messages.size() >= bounds.messages()) {
      messages.removeFirst();
      dropped.increment();
    }
    messages.addLast(message);
  }

  private @Nullable ConversationTotals totals(ConversationKey key) {
    ConversationTotals known = conversations.get(key);
    if (known == null) {
      if (conversationsOfNode.get() >= bounds.conversations() && !forgetOldest()) {
        dropped.increment();
        return null;
      }
      conversationsOfNode.incrementAndGet();
      known = new ConversationTotals();
      conversations.put(key, known);
    }
    return known;
  }

  /** A conversation that was told completely costs nothing to forget: more of it begins anew. */
  private boolean forgetOldest() {
    for (Iterator<ConversationTotals> i = conversations.values().iterator(); i.hasNext(); ) {
      if (!i.next().changed()) {
        i.remove();
        conversationsOfNode.decrementAndGet();
        return true;
      }
    }
    return false;
  }

  /** What a flow has added to a conversation so far. */
  private static final class Share {
    private final ConversationKey key;
    private FlowRecord counted;

    Share(ConversationKey key, FlowRecord counted) {
      this.key = key;
      this.counted = counted;
    }
  }

  private final class Observer implements FlowObserver {
    private final Map<Long, Share> shares = new HashMap<>();

    @Override
    public void flow(FlowRecord flow) {
      ConversationKey key = ConversationKey.of(flow, addresses);
      synchronized (FlowCollector.this) {
        if (key != null) {
          count(flow, key);
        }
        keep(flow);
      }
    }

    @Override
    public void message(FlowRecord flow, Direction direction, Message message) {
      synchronized (FlowCollector.this) {
        keep(new FlowMessage(flow, direction, message));
      }
    }

    private void count(FlowRecord flow, ConversationKey key) {
      Share share = shares.get(flow.id());
      if (share != null && share.key.equals(key)) {
        add(key, flow, share.counted, 0);
        share.counted = flow;
      } else {
        if (share != null) {
          subtract(share);
        } else if (shares.size() >= bounds.trackedFlows()) {
          dropped.increment();
          return;
        }
        add(key, flow, null, 1);
        shares.put(flow.id(), new Share(key, flow));
      }
      if (flow.state() == FlowState.CLOSED) {
        shares.remove(flow.id());
      }
    }

    private void add(ConversationKey key, FlowRecord flow, @Nullable FlowRecord before, int more) {
      ConversationTotals totals = totals(key);
      if (totals != null) {
        totals.add(flow, before, more);
      }
    }

    private void subtract(Share share) {
      ConversationTotals totals = totals(share.key);
      if (totals != null) {
        totals.subtract(share.counted);
      }
    }
  }
}
