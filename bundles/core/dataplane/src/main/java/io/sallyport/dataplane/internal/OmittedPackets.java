/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Flows of which the capture may leave packets out: what they really carry is asked of the kernel,
 * a few of them each interval, in turn.
 */
final class OmittedPackets {
  private static final int ASKED_AT_ONCE = 256;

  private final List<TrackedFlow> flows = new ArrayList<>();
  private final ConnectionKey key = new ConnectionKey();
  private final ConnectionCounters counted = new ConnectionCounters();
  private final Reporter reporter;
  private final PacketClock clock;
  private int turn;

  OmittedPackets(Reporter reporter, PacketClock clock) {
    this.reporter = reporter;
    this.clock = clock;
  }

  /** From now on packets of this flow may be missing. */
  void watch(TrackedFlow flow) {
    if (flow.scope.capture() != null) {
      flow.omitting = true;
      flows.add(flow);
    }
  }

  /** The flow has ended: asks a last time. */
  void forget(TrackedFlow flow) {
    if (flow.omitting) {
      ask(flow);
      flow.omitting = false;
    }
  }

  /** Asks for those whose turn it is. */
  void refresh() {
    for (int i = Math.min(ASKED_AT_ONCE, flows.size()); i > 0; i--) {
      if (turn >= flows.size()) {
        turn = 0;
      }
      TrackedFlow flow = flows.get(turn);
      if (!flow.omitting) {
        // Order does not matter; the last one takes the place of the one that ended.
        TrackedFlow last = flows.removeLast();
        if (turn < flows.size()) {
          flows.set(turn, last);
        }
      } else {
        if (ask(flow)) {
          flow.lastSeen = clock.now();
          reporter.changed(flow);
        }
        turn++;
      }
    }
  }

  private boolean ask(TrackedFlow flow) {
    Capture capture = flow.scope.capture();
    flow.key(key);
    if (capture == null || !capture.counters(key, counted)) {
      return false;
    }
    long before = flow.bytes();
    flow.packetsToServer = Math.max(flow.packetsToServer, counted.packetsForward);
    flow.bytesToServer = Math.max(flow.bytesToServer, counted.bytesForward);
    flow.packetsToClient = Math.max(flow.packetsToClient, counted.packetsBackward);
    flow.bytesToClient = Math.max(flow.bytesToClient, counted.bytesBackward);
    return flow.bytes() != before;
  }
}
