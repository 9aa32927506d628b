/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.link.SourceStatus;
import io.sallyport.api.workload.WorkloadSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources there are at the moment, each endpoint of them being watched. Safe on any thread. */
final class Sources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  private final ContainerRegistry registry;
  private final IdentityHashMap<WorkloadSource, List<SourceWatcher>> watchers =
      new IdentityHashMap<>();

  Sources(ContainerRegistry registry) {
    this.registry = registry;
  }

  synchronized void add(WorkloadSource source) {
    List<SourceWatcher> started = new ArrayList<>();
    try {
      for (String endpoint : source.endpoints()) {
        started.add(new SourceWatcher(source, endpoint, registry, Backoff.usual()));
      }
    } catch (RuntimeException e) {
      LOG.warn("The workload source {} is not used: it cannot say what to watch", source, e);
    }
    watchers.put(source, started);
    started.forEach(SourceWatcher::start);
  }

  synchronized void remove(WorkloadSource source) {
    List<SourceWatcher> ended = watchers.remove(source);
    if (ended != null) {
      ended.forEach(SourceWatcher::close);
    }
  }

  synchronized List<SourceStatus> statuses() {
    return watchers.values().stream().flatMap(List::stream).map(SourceWatcher::status).toList();
  }

  /** The runtimes that were found, as in {@code containerd, docker}. */
  String platform() {
    TreeSet<String> runtimes = new TreeSet<>();
    for (SourceStatus status : statuses()) {
      if (status.connected()) {
        runtimes.add(status.runtime());
      }
    }
    return String.join(", ", runtimes);
  }

  @Override
  public synchronized void close() {
    watchers.values().forEach(ended -> ended.forEach(SourceWatcher::close));
    watchers.clear();
  }
}
