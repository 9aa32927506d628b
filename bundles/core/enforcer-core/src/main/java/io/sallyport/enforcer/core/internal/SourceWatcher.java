/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.link.SourceStatus;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSource;
import io.sallyport.api.workload.WorkloadSourceException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one endpoint of one source on a thread of its own, for as long as it is open. A source is
 * not trusted to keep its contract: whatever it throws, returns or reports costs itself only.
 */
final class SourceWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SourceWatcher.class);

  private final WorkloadSource source;
  private final String endpoint;
  private final ContainerRegistry registry;
  private final ContainerRegistry.Origin origin;
  private final Backoff backoff;
  private final Thread thread;
  private volatile boolean connected;
  private volatile boolean everConnected;
  private volatile String problem = "not watched yet";
  private @Nullable Report current;

  SourceWatcher(
      WorkloadSource source, String endpoint, ContainerRegistry registry, Backoff backoff) {
    this.source = source;
    this.endpoint = endpoint;
    this.registry = registry;
    this.origin = new ContainerRegistry.Origin(source.rank());
    this.backoff = backoff;
    this.thread = Thread.ofVirtual().name("source-" + source.runtime()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  SourceStatus status() {
    return new SourceStatus(
        source.runtime(), endpoint, connected, registry.of(origin).size(), problem);
  }

  /** Ends the watch and takes back everything the source has said. Does not wait for the source. */
  @Override
  public void close() {
    thread.interrupt();
    begin(null);
    registry.of(origin).forEach(id -> registry.remove(origin, id));
  }

  private void run() {
    while (!thread.isInterrupted()) {
      try {
        watchOnce();
        Thread.sleep(backoff.next());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void watchOnce() throws InterruptedException {
    Report report = new Report();
    begin(report);
    try {
      source.watch(endpoint, report);
      failed(endpoint + ": the source ended its watch without being told to", null);
    } catch (WorkloadSourceException e) {
      failed(String.valueOf(e.getMessage()), null);
    } catch (RuntimeException | LinkageError e) {
      failed(endpoint + ": the source failed: " + e, e);
    } finally {
      connected = false;
    }
  }

  private void failed(String message, @Nullable Throwable defect) {
    if (message.equals(problem)) {
      return;
    }
    if (defect != null || everConnected) {
      LOG.warn("Containers of {} cannot be seen: {}", source.runtime(), message, defect);
    } else {
      // A runtime that was never there is no trouble.
      LOG.info("Containers of {} are not looked for yet: {}", source.runtime(), message);
    }
    problem = message;
  }

  /** From now on only this report is listened to; a source may go on calling an older one. */
  private synchronized void begin(@Nullable Report report) {
    current = report;
  }

  private final class Report implements ContainerListener {
    private String complaint = "";
    private final Set<String> unlisted = new HashSet<>(registry.of(origin));

    @Override
    public void container(@Nullable Container container) {
      synchronized (SourceWatcher.this) {
        if (current != this) {
          return;
        }
        if (container == null || container.id().isBlank() || container.pid() <= 0) {
          complain("the source reported a container without an id or a process");
          return;
        }
        unlisted.remove(container.id());
        if (!registry.put(origin, container)) {
          complain("more containers than maxContainers allows; some are not watched");
        }
      }
    }

    @Override
    public void gone(String containerId) {
      synchronized (SourceWatcher.this) {
        if (current == this) {
          unlisted.remove(containerId);
          registry.remove(origin, containerId);
        }
      }
    }

    @Override
    public void listed() {
      synchronized (SourceWatcher.this) {
        if (current != this) {
          return;
        }
        unlisted.forEach(id -> registry.remove(origin, id));
        unlisted.clear();
        backoff.reset();
        if (!connected) {
          LOG.info("Watching containers of {} at {}", source.runtime(), endpoint);
        }
        connected = true;
        everConnected = true;
        problem = complaint;
      }
    }

    private void complain(String text) {
      complaint = endpoint + ": " + text;
      problem = complaint;
    }
  }
}
