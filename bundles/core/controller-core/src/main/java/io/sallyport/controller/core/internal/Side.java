/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.link.ConversationDelta;
import java.util.HashMap;
import java.util.Map;

/** What one end's host reported of a port: sums by application. */
final class Side {
  private final Map<Application, Counts> applications = new HashMap<>(2);
  private long lastSeen;

  void add(ConversationDelta delta) {
    Counts counts = applications.get(delta.application());
    if (counts == null) {
      if (delta.packets() < 0 || delta.sessions() < 0) {
        // What is taken back was forgotten here before.
        return;
      }
      counts = new Counts();
      applications.put(delta.application(), counts);
    }
    counts.add(delta);
    lastSeen = Math.max(lastSeen, delta.lastSeen());
    if (counts.nothing()) {
      applications.remove(delta.application());
    }
  }

  void add(Side other) {
    other.applications.forEach(
        (application, counts) ->
            applications.computeIfAbsent(application, a -> new Counts()).add(counts));
    lastSeen = Math.max(lastSeen, other.lastSeen);
  }

  void clear() {
    applications.clear();
    lastSeen = 0;
  }

  boolean empty() {
    return applications.isEmpty();
  }

  long lastSeen() {
    return lastSeen;
  }

  Counts total() {
    Counts total = new Counts();
    applications.values().forEach(total::add);
    return total;
  }

  Counts unknown() {
    return applications.getOrDefault(Application.UNKNOWN, new Counts());
  }

  /** Raises the known applications in {@code into} to what was reported here. */
  void raiseKnown(Map<Application, Counts> into) {
    applications.forEach(
        (application, counts) -> {
          if (application.known()) {
            into.computeIfAbsent(application, a -> new Counts()).raise(counts);
          }
        });
  }
}
