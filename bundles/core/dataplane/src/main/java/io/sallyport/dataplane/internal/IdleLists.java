/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All flows, in a list for each idle class, longest unlisted first. A packet does not move its
 * flow; only when a flow comes to the head of its list is it looked at, and sent back if it has
 * moved since. So ending what is silent costs nothing a packet and the order is least recently
 * used, to within a timeout.
 */
@SuppressWarnings("EnumOrdinal") // an index into arrays of this class, kept nowhere else
final class IdleLists {
  /** How many flows are given another chance before one is evicted that is not idle. */
  private static final int CHANCES = 16;

  private final @Nullable TrackedFlow[] heads =
      new @Nullable TrackedFlow[IdleClass.values().length];
  private final @Nullable TrackedFlow[] tails =
      new @Nullable TrackedFlow[IdleClass.values().length];
  private final long[] timeouts = new long[IdleClass.values().length];

  IdleLists(boolean live) {
    for (IdleClass idle : IdleClass.values()) {
      timeouts[idle.ordinal()] = live ? idle.live() : idle.file();
    }
  }

  void add(TrackedFlow flow) {
    int index = flow.idleClass.ordinal();
    TrackedFlow tail = tails[index];
    flow.listedAt = flow.lastSeen;
    flow.previous = tail;
    flow.next = null;
    if (tail == null) {
      heads[index] = flow;
    } else {
      tail.next = flow;
    }
    tails[index] = flow;
  }

  void remove(TrackedFlow flow) {
    int index = flow.idleClass.ordinal();
    TrackedFlow before = flow.previous;
    TrackedFlow after = flow.next;
    if (before == null) {
      heads[index] = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tails[index] = before;
    } else {
      after.previous = before;
    }
    flow.previous = null;
    flow.next = null;
  }

  void move(TrackedFlow flow, IdleClass to) {
    if (flow.idleClass != to) {
      remove(flow);
      flow.idleClass = to;
      add(flow);
    }
  }

  /** A flow that has been silent for too long, null if there is none. */
  @Nullable TrackedFlow expired(long now) {
    for (int index = 0; index < heads.length; index++) {
      long limit = now - timeouts[index];
      TrackedFlow head = heads[index];
      while (head != null && head.listedAt <= limit) {
        if (head.lastSeen <= limit) {
          return head;
        }
        remove(head);
        add(head);
        head = heads[index];
      }
    }
    return null;
  }

  /** The flow to give up when there are too many: about the one that has been silent longest. */
  @Nullable TrackedFlow stalest() {
    TrackedFlow stalest = null;
    for (int index = 0; index < heads.length; index++) {
      TrackedFlow head = heads[index];
      for (int chance = 0; chance < CHANCES && head != null; chance++) {
        if (head.lastSeen == head.listedAt) {
          break;
        }
        remove(head);
        add(head);
        head = heads[index];
      }
      if (head != null && (stalest == null || head.lastSeen < stalest.lastSeen)) {
        stalest = head;
      }
    }
    return stalest;
  }

  /** The flows of a scope, or all for null. */
  List<TrackedFlow> of(@Nullable Scope scope) {
    List<TrackedFlow> flows = new ArrayList<>();
    for (TrackedFlow head : heads) {
      for (TrackedFlow flow = head; flow != null; flow = flow.next) {
        if (scope == null || flow.scope == scope) {
          flows.add(flow);
        }
      }
    }
    return flows;
  }
}
