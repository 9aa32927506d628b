/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which workloads have changed or gone since the last report. Safe on any thread. */
final class WorkloadJournal {
  private final Map<String, Workload> running = new HashMap<>();
  private Map<String, Workload> changed = new HashMap<>();
  private Set<String> gone = new HashSet<>();

  /** What a report has to say of workloads. */
  record Entries(List<Workload> workloads, List<String> gone) {}

  synchronized void changed(Workload workload) {
    running.put(workload.id(), workload);
    changed.put(workload.id(), workload);
    gone.remove(workload.id());
  }

  synchronized void gone(String id) {
    running.remove(id);
    changed.remove(id);
    gone.add(id);
  }

  /** Takes what has changed; everything that runs where {@code full}. */
  synchronized Entries take(boolean full) {
    Entries entries =
        full
            ? new Entries(List.copyOf(running.values()), List.of())
            : new Entries(List.copyOf(changed.values()), List.copyOf(gone));
    changed = new HashMap<>();
    gone = new HashSet<>();
    return entries;
  }
}
