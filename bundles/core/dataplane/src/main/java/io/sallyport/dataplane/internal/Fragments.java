/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP fragments together, in a bounded number of buffers. Where fragments overlap, the bytes
 * that came first count. Of a datagram that stays unfinished the first bytes are read nevertheless,
 * for they hold the ports.
 */
final class Fragments {
  private final List<Datagram> datagrams = new ArrayList<>();
  private final int maxDatagrams;
  private final long timeout;
  private final PacketClock clock;
  private final Counters counters;

  Fragments(int maxDatagrams, long timeoutNanos, PacketClock clock, Counters counters) {
    this.maxDatagrams = maxDatagrams;
    this.timeout = timeoutNanos;
    this.clock = clock;
    this.counters = counters;
  }

  /**
   * Adds a fragment; {@code packet} says from whom to whom.
   *
   * @return the datagram if this completes it, to be given back by {@link #release}
   */
  @Nullable Datagram add(
      Packet packet,
      MemorySegment memory,
      long offset,
      long end,
      long wire,
      int protocol,
      int id,
      int position,
      boolean more,
      int depth) {
    int length = (int) Math.min(wire - offset, Integer.MAX_VALUE);
    int captured = Math.clamp(end - offset, 0, length);
    if (length <= 0
        || length > Datagram.CAPACITY - position
        || (more && length % Datagram.UNIT != 0)) {
      counters.add(Counter.FRAGMENTS_WRONG);
      return null;
    }
    Datagram datagram = find(packet, id, protocol);
    if (datagram == null) {
      datagram = free();
      if (datagram == null) {
        return null;
      }
      datagram.begin(packet, id, protocol, depth, clock.now());
    }
    if (datagram.add(packet, memory, offset, captured, length, position, !more)) {
      counters.add(Counter.FRAGMENTS_OVERLAPPING);
    }
    if (!datagram.complete()) {
      return null;
    }
    counters.add(Counter.FRAGMENTS_REASSEMBLED);
    datagram.state(Datagram.State.DELIVERING);
    return datagram;
  }

  /** A datagram that has waited too long, to be given back by {@link #release}; null if none. */
  @Nullable Datagram expired() {
    return unfinished(clock.now() - timeout);
  }

  /** Any datagram that is unfinished, to be given back by {@link #release}; null if none. */
  @Nullable Datagram unfinished() {
    return unfinished(Long.MAX_VALUE);
  }

  void release(Datagram datagram) {
    datagram.state(Datagram.State.FREE);
  }

  /** For the thread that takes over from one that was lost: what that one was reading is free. */
  void recover() {
    for (int i = 0; i < datagrams.size(); i++) {
      if (datagrams.get(i).state() == Datagram.State.DELIVERING) {
        datagrams.get(i).state(Datagram.State.FREE);
      }
    }
  }

  private @Nullable Datagram unfinished(long before) {
    for (int i = 0; i < datagrams.size(); i++) {
      Datagram datagram = datagrams.get(i);
      if (datagram.state() == Datagram.State.FILLING && datagram.since() <= before) {
        counters.add(Counter.FRAGMENTS_TIMED_OUT);
        datagram.state(Datagram.State.DELIVERING);
        return datagram;
      }
    }
    return null;
  }

  private @Nullable Datagram find(Packet packet, int id, int protocol) {
    for (int i = 0; i < datagrams.size(); i++) {
      Datagram datagram = datagrams.get(i);
      if (datagram.state() == Datagram.State.FILLING && datagram.matches(packet, id, protocol)) {
        return datagram;
      }
    }
    return null;
  }

  private @Nullable Datagram free() {
    Datagram oldest = null;
    for (int i = 0; i < datagrams.size(); i++) {
      Datagram datagram = datagrams.get(i);
      if (datagram.state() == Datagram.State.FREE) {
        return datagram;
      }
      if (datagram.state() == Datagram.State.FILLING
          && (oldest == null || datagram.since() < oldest.since())) {
        oldest = datagram;
      }
    }
    if (datagrams.size() < maxDatagrams) {
      Datagram added = new Datagram();
      datagrams.add(added);
      return added;
    }
    if (oldest != null) {
      counters.add(Counter.FRAGMENTS_EVICTED);
    }
    return oldest;
  }
}
