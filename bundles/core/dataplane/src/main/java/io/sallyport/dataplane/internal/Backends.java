/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Probe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The capture backends that are there, with what their probes said. Any thread. */
final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final Probe PENDING = Probe.unavailable("is being tried");

  private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();
  private final Executor prober;

  /** A backend and its probe. */
  record Entry(CaptureBackend backend, CompletableFuture<Probe> outcome) {
    /** What the probe said, as far as it is known. */
    Probe probe() {
      return outcome.getNow(PENDING);
    }
  }

  /** A capture and the backend that made it. */
  record Opened(CaptureBackend backend, Capture capture) {}

  /** With a thread for probes, which may take a while. */
  Backends(Executor prober) {
    this.prober = prober;
  }

  void add(CaptureBackend backend) {
    Entry entry = new Entry(backend, CompletableFuture.supplyAsync(() -> probe(backend), prober));
    synchronized (this) {
      List<Entry> sorted = new ArrayList<>(entries);
      sorted.add(entry);
      sorted.sort(Comparator.comparingInt((Entry e) -> e.backend().rank()).reversed());
      entries.clear();
      entries.addAll(sorted);
    }
  }

  synchronized void remove(CaptureBackend backend) {
    entries.removeIf(entry -> entry.backend() == backend);
  }

  /** All of them, best first. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The backend that the next capture is opened with, null if none works. */
  @Nullable CaptureBackend best() {
    for (Entry entry : entries()) {
      if (entry.probe().available()) {
        return entry.backend();
      }
    }
    return null;
  }

  /**
   * Opens a capture with the best backend that can. Waits for probes that are under way.
   *
   * @throws CaptureException when none can; says of each why
   */
  Opened open(CaptureTarget target) {
    StringBuilder reasons = new StringBuilder();
    CaptureException last = null;
    for (Entry entry : entries()) {
      String name = entry.backend().name();
      Probe probe = entry.outcome().join();
      if (!probe.available()) {
        reasons.append("; ").append(name).append(": ").append(probe.detail());
        continue;
      }
      try {
        return new Opened(entry.backend(), entry.backend().open(target));
      } catch (CaptureException e) {
        reasons.append("; ").append(name).append(": ").append(e.getMessage());
        last = e;
      } catch (RuntimeException e) {
        LOG.warn("Capture backend {} failed at {}", name, target.name(), e);
        reasons.append("; ").append(name).append(": ").append(e);
      }
    }
    String why = reasons.isEmpty() ? "; no capture backend is installed" : reasons.toString();
    throw new CaptureException(
        "the traffic of " + target.name() + " cannot be captured" + why, last);
  }

  private static Probe probe(CaptureBackend backend) {
    try {
      Probe probe = backend.probe();
      LOG.info(
          "Capture backend {} {}: {}",
          backend.name(),
          probe.available() ? "works" : "does not work here",
          probe.detail());
      return probe;
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("The probe of capture backend {} failed", backend.name(), e);
      return Probe.unavailable("its probe failed: " + e);
    }
  }
}
