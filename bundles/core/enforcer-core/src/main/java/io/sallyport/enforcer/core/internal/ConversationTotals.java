/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.ConversationDelta;
import org.jspecify.annotations.Nullable;

/** The sums of a conversation, and what of them was told. Guarded by the collector's lock. */
final class ConversationTotals {
  private long sessions;
  private long packets;
  private long bytesToServer;
  private long bytesToClient;
  private long firstSeen = Long.MAX_VALUE;
  private long newFirstSeen = Long.MAX_VALUE;
  private long lastSeen = Long.MIN_VALUE;
  private long toldSessions;
  private long toldPackets;
  private long toldToServer;
  private long toldToClient;

  /** Whether there is something to tell. */
  boolean changed() {
    return sessions != toldSessions
        || packets != toldPackets
        || bytesToServer != toldToServer
        || bytesToClient != toldToClient;
  }

  /** Adds what a flow has done since it stood at {@code before}, or since it began. */
  void add(FlowRecord flow, @Nullable FlowRecord before, int moreSessions) {
    sessions += moreSessions;
    packets += flow.packets() - (before == null ? 0 : before.packets());
    bytesToServer += flow.bytesToServer() - (before == null ? 0 : before.bytesToServer());
    bytesToClient += flow.bytesToClient() - (before == null ? 0 : before.bytesToClient());
    seen(flow);
  }

  /** Takes back everything that a flow has added. */
  void subtract(FlowRecord counted) {
    sessions--;
    packets -= counted.packets();
    bytesToServer -= counted.bytesToServer();
    bytesToClient -= counted.bytesToClient();
    seen(counted);
  }

  /** Whether nothing is left of it: its flows turned out to belong elsewhere. */
  boolean empty() {
    return sessions == 0 && packets == 0;
  }

  /** What is new since it was last told; everything where {@code full}. It then counts as told. */
  ConversationDelta tell(String workloadId, ConversationKey key, boolean full) {
    ConversationDelta delta =
        new ConversationDelta(
            workloadId,
            key.ingress(),
            key.peer(),
            key.transport(),
            key.port(),
            key.application(),
            sessions - (full ? 0 : toldSessions),
            packets - (full ? 0 : toldPackets),
            bytesToServer - (full ? 0 : toldToServer),
            bytesToClient - (full ? 0 : toldToClient),
            full ? firstSeen : newFirstSeen,
            lastSeen);
    newFirstSeen = Long.MAX_VALUE;
    toldSessions = sessions;
    toldPackets = packets;
    toldToServer = bytesToServer;
    toldToClient = bytesToClient;
    return delta;
  }

  private void seen(FlowRecord flow) {
    firstSeen = Math.min(firstSeen, flow.firstSeen());
    newFirstSeen = Math.min(newFirstSeen, flow.firstSeen());
    lastSeen = Math.max(lastSeen, flow.lastSeen());
  }
}
