/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import org.jspecify.annotations.Nullable;

/**
 * Flows by their endpoints, either way round: open addressing with linear probing. One thread. The
 * hash is seeded, so that nobody outside can choose addresses that collide.
 */
final class FlowTable {
  private static final int MIN_CAPACITY = 1 << 10;
  private static final int OCCUPIED = 1 << 31;
  private static final long MIX_ADDRESS = 0x9e3779b97f4a7c15L;
  private static final long MIX_PORT = 0xc2b2ae3d27d4eb4fL;
  private static final long MIX_FINAL = 0xd6e8feb86659fd93L;

  private final long seed;
  private int[] hashes;
  private @Nullable TrackedFlow[] flows;
  private int mask;
  private int size;
  private boolean toServer;

  FlowTable(long seed) {
    this.seed = seed;
    this.hashes = new int[MIN_CAPACITY];
    this.flows = new @Nullable TrackedFlow[MIN_CAPACITY];
    this.mask = MIN_CAPACITY - 1;
  }

  int size() {
    return size;
  }

  /** The hash of a packet's flow, the same for both directions; never 0. */
  int hash(Packet packet, Scope scope) {
    long source = endpoint(packet.sourceHigh, packet.sourceLow, packet.sourcePort);
    long destination =
        endpoint(packet.destinationHigh, packet.destinationLow, packet.destinationPort);
    long hash = source + destination + ((long) packet.protocol << 32 | scope.number());
    hash = (hash ^ hash >>> 32) * MIX_FINAL;
    return (int) (hash >>> 32) | OCCUPIED;
  }

  /** The packet's flow, null if there is none. {@link #toServer} then tells its direction. */
  @Nullable TrackedFlow find(Packet packet, int hash) {
    int at = hash & mask;
    while (hashes[at] != 0) {
      if (hashes[at] == hash) {
        TrackedFlow flow = flows[at];
        if (flow != null && flow.protocol == packet.protocol && flow.scope == packet.scope) {
          if (flow.isToServer(packet)) {
            toServer = true;
            return flow;
          }
          if (flow.isToClient(packet)) {
            toServer = false;
            return flow;
          }
        }
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  /** Which way the packet goes for which a flow was found last. */
  boolean toServer() {
    return toServer;
  }

  void insert(TrackedFlow flow) {
    if (size >= flows.length / 8 * 5) {
      grow();
    }
    place(flow);
    size++;
  }

  void remove(TrackedFlow flow) {
    int at = flow.hash & mask;
    while (flows[at] != flow) {
      if (hashes[at] == 0) {
        return;
      }
      at = (at + 1) & mask;
    }
    size--;
    // Later entries of the same run move up, so that no search stops at the hole.
    int hole = at;
    int probe = at;
    while (true) {
      probe = (probe + 1) & mask;
      if (hashes[probe] == 0) {
        break;
      }
      int home = hashes[probe] & mask;
      if (((probe - home) & mask) >= ((probe - hole) & mask)) {
        hashes[hole] = hashes[probe];
        flows[hole] = flows[probe];
        hole = probe;
      }
    }
    hashes[hole] = 0;
    flows[hole] = null;
  }

  private void grow() {
    @Nullable TrackedFlow[] old = flows;
    hashes = new int[old.length * 2];
    flows = new @Nullable TrackedFlow[old.length * 2];
    mask = flows.length - 1;
    for (TrackedFlow flow : old) {
      if (flow != null) {
        place(flow);
      }
    }
  }

  private void place(TrackedFlow flow) {
    int at = flow.hash & mask;
    while (hashes[at] != 0) {
      at = (at + 1) & mask;
    }
    hashes[at] = flow.hash;
    flows[at] = flow;
  }

  private long endpoint(long high, long low, int port) {
    long hash = (low ^ seed) * MIX_ADDRESS + high + port * MIX_PORT;
    return (hash ^ hash >>> 29) * MIX_PORT;
  }
}
