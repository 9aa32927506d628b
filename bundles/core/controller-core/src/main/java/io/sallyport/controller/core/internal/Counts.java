/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.link.ConversationDelta;

/** Sums; packets tell that something was said even where no session began. */
final class Counts {
  long sessions;
  long packets;
  long bytesToServer;
  long bytesToClient;

  void add(ConversationDelta delta) {
    sessions += delta.sessions();
    packets += delta.packets();
    bytesToServer += delta.bytesToServer();
    bytesToClient += delta.bytesToClient();
  }

  void add(Counts other) {
    sessions += other.sessions;
    packets += other.packets;
    bytesToServer += other.bytesToServer;
    bytesToClient += other.bytesToClient;
  }

  /** Takes the larger of each. */
  void raise(Counts other) {
    sessions = Math.max(sessions, other.sessions);
    packets = Math.max(packets, other.packets);
    bytesToServer = Math.max(bytesToServer, other.bytesToServer);
    bytesToClient = Math.max(bytesToClient, other.bytesToClient);
  }

  /** What is left when the other's are taken away, nothing below zero. */
  Counts without(Counts other) {
    Counts rest = new Counts();
    rest.sessions = Math.max(0, sessions - other.sessions);
    rest.packets = Math.max(0, packets - other.packets);
    rest.bytesToServer = Math.max(0, bytesToServer - other.bytesToServer);
    rest.bytesToClient = Math.max(0, bytesToClient - other.bytesToClient);
    return rest;
  }

  boolean nothing() {
    return sessions <= 0 && packets <= 0;
  }
}
