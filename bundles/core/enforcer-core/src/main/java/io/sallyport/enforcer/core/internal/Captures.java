/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The captures of all network namespaces with a workload. Safe on any thread; never blocks. */
final class Captures {
  private static final CaptureStatistics NOTHING = new CaptureStatistics(0, 0, -1);

  private final FlowLedger ledger;
  private final NamespaceProbe probe;
  private final long fullBytes;
  private final Map<Long, Watched> watched = new HashMap<>();
  private @Nullable Dataplane dataplane;

  private record Watched(Workload owner, NamespaceCapture capture) {}

  Captures(FlowLedger ledger, NamespaceProbe probe, long fullBytes) {
    this.ledger = ledger;
    this.probe = probe;
    this.fullBytes = fullBytes;
  }

  /** From now on captures go through this datapath; null closes them. */
  synchronized void dataplane(@Nullable Dataplane now) {
    dataplane = now;
    watched.values().forEach(each -> each.capture().want(each.owner(), now));
  }

  synchronized void watch(long inode, Workload owner) {
    Watched before = watched.get(inode);
    if (before != null && !before.owner().id().equals(owner.id())) {
      ledger.retire(before.owner().id());
    }
    ledger.collector(owner.id()).addresses(owner.addresses());
    NamespaceCapture capture =
        before == null ? new NamespaceCapture(ledger, probe, fullBytes) : before.capture();
    watched.put(inode, new Watched(owner, capture));
    capture.want(owner, dataplane);
  }

  synchronized void unwatch(long inode) {
    Watched before = watched.remove(inode);
    if (before != null) {
      before.capture().want(null, null);
      ledger.retire(before.owner().id());
    }
  }

  synchronized void close() {
    List.copyOf(watched.keySet()).forEach(this::unwatch);
  }

  /** What the datapath says, and what it cannot know: the workloads that it does not see. */
  DataplaneStatus status(List<Workload> workloads) {
    Dataplane current;
    List<DataplaneStatus.OpenCapture> unseen = new ArrayList<>();
    synchronized (this) {
      current = dataplane;
      for (Watched each : watched.values()) {
        if (!each.capture().problem().isEmpty()) {
          unseen.add(unseen(each.owner(), each.capture().problem()));
        }
      }
    }
    for (Workload workload : workloads) {
      if (workload.hostNetwork()) {
        unseen.add(unseen(workload, "uses the host's network: its packets cannot be told apart"));
      } else if (workload.networkNamespace() == 0) {
        unseen.add(unseen(workload, "its network cannot be entered: this needs root"));
      }
    }
    if (current == null) {
      return new DataplaneStatus(List.of(), unseen, List.of());
    }
    DataplaneStatus status = current.status();
    unseen.addAll(0, status.captures());
    return new DataplaneStatus(status.backends(), unseen, status.counters());
  }

  private static DataplaneStatus.OpenCapture unseen(Workload workload, String why) {
    return new DataplaneStatus.OpenCapture(workload.id(), "", NOTHING, why);
  }
}
