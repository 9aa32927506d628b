/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.workload.Workload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one network namespace watched: opens, opens again when owner, process or datapath change or
 * opening fails, and closes. Opening takes its time, so it happens on threads of its own.
 */
final class NamespaceCapture {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceCapture.class);

  private final FlowLedger ledger;
  private final NamespaceProbe probe;
  private final long fullBytes;
  private final Backoff backoff = Backoff.usual();
  private volatile @Nullable Wish wish;
  private volatile String problem = "";
  private @Nullable Open open;

  /** What is wanted: the owner's flows by this process's namespace through this datapath. */
  private record Wish(String ownerId, String name, int pid, Dataplane dataplane) {}

  private record Open(Wish wish, Subscription subscription) {}

  NamespaceCapture(FlowLedger ledger, NamespaceProbe probe, long fullBytes) {
    this.ledger = ledger;
    this.probe = probe;
    this.fullBytes = fullBytes;
  }

  /** From now on this is wanted; nothing where there is no owner or no datapath. */
  void want(@Nullable Workload owner, @Nullable Dataplane dataplane) {
    Wish wanted =
        owner == null || dataplane == null
            ? null
            : new Wish(owner.id(), owner.name(), owner.container().pid(), dataplane);
    if (wanted == null || !wanted.equals(wish)) {
      wish = wanted;
      reconcileAfter(Duration.ZERO);
    }
  }

  /** Why it is not watched although it should be; empty when it is. */
  String problem() {
    return problem;
  }

  private void reconcileAfter(Duration wait) {
    Thread.ofVirtual()
        .name("capture-opener")
        .start(
            () -> {
              LockSupport.parkNanos(wait.toNanos());
              reconcile();
            });
  }

  private synchronized void reconcile() {
    Wish wanted = wish;
    if (open != null && !open.wish().equals(wanted)) {
      close(open);
      open = null;
    }
    if (wanted == null || open != null) {
      return;
    }
    CaptureTarget target =
        new CaptureTarget("/proc/" + wanted.pid() + "/ns/net", wanted.name(), fullBytes);
    try {
      FlowCollector collector = ledger.collector(wanted.ownerId());
      open =
          new Open(
              wanted, wanted.dataplane().watch(wanted.ownerId(), target, collector.observer()));
      problem = "";
      backoff.reset();
    } catch (CaptureException e) {
      failed(wanted, String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      failed(wanted, "could not be watched: " + e, e);
    }
  }

  private void failed(Wish wanted, String message, @Nullable Throwable defect) {
    if (probe.inode(wanted.pid()) == NamespaceProbe.GONE) {
      LOG.debug("{} ended while its capture was being opened", wanted.name());
      return;
    }
    if (!message.equals(problem)) {
      LOG.warn("Traffic of {} cannot be seen: {}", wanted.name(), message, defect);
    }
    problem = message;
    reconcileAfter(backoff.next());
  }

  private static void close(Open open) {
    try {
      open.subscription().close();
    } catch (RuntimeException e) {
      LOG.warn("The capture of {} did not end well", open.wish().name(), e);
    }
  }
}
