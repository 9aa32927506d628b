/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.Workload;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes workloads of containers: finds each one's network namespace, the addresses in it, who
 * speaks for it, and the service. One thread does it all; {@link #changed} and {@link #start} may
 * be called from any.
 */
final class WorkloadTable implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WorkloadTable.class);

  private final ContainerRegistry registry;
  private final NamespaceProbe probe;
  private final WorkloadListener listener;
  private final String nodeId;
  private final String nodeName;
  private final Duration check;
  private final Thread thread;

  private final Map<String, Workload> workloads = new ConcurrentHashMap<>();
  private final Map<String, NetworkMembers> placed = new HashMap<>();
  private final Map<Long, NetworkMembers> networks = new HashMap<>();
  private Set<String> dirty = new LinkedHashSet<>();

  /**
   * A table that is empty until it is started.
   *
   * @param check how often everything is looked at again, in case an event was lost
   */
  WorkloadTable(
      ContainerRegistry registry,
      NamespaceProbe probe,
      WorkloadListener listener,
      String nodeId,
      String nodeName,
      Duration check) {
    this.registry = registry;
    this.probe = probe;
    this.listener = listener;
    this.nodeId = nodeId;
    this.nodeName = nodeName;
    this.check = check;
    this.thread = Thread.ofPlatform().name("workloads").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** A container's facts or its network's addresses may have changed. Does not wait. */
  synchronized void changed(String containerId) {
    dirty.add(containerId);
    notifyAll();
  }

  /** A workload by its id, null when it does not run. Safe on any thread. */
  @Nullable Workload workload(String id) {
    return workloads.get(id);
  }

  /** All workloads. Safe on any thread. */
  List<Workload> workloads() {
    return List.copyOf(workloads.values());
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Set<String> ids = await();
        try {
          update(ids);
        } catch (RuntimeException e) {
          LOG.error("Workloads could not be updated; they are looked at again later", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    }
    networks.values().forEach(NetworkMembers::close);
  }

  private synchronized Set<String> await() throws InterruptedException {
    long deadline = System.nanoTime() + check.toNanos();
    while (dirty.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        Set<String> all = new LinkedHashSet<>(placed.keySet());
        all.addAll(registry.ids());
        return all;
      }
      wait(left / 1_000_000 + 1);
    }
    Set<String> ids = dirty;
    dirty = new LinkedHashSet<>();
    return ids;
  }

  private void update(Set<String> ids) {
    Set<NetworkMembers> touched = new HashSet<>();
    for (String id : ids) {
      Container container = registry.container(id);
      long inode = container == null ? NamespaceProbe.GONE : probe.inode(container.pid());
      NetworkMembers before = placed.get(id);
      if (before != null && before.inode() != inode) {
        before.remove(id);
        placed.remove(id);
        touched.add(before);
      }
      if (container != null && inode != NamespaceProbe.GONE) {
        NetworkMembers network =
            networks.computeIfAbsent(
                inode, i -> new NetworkMembers(i, i == probe.hostInode(), probe, this::changed));
        network.put(container);
        placed.put(id, network);
        touched.add(network);
      } else if (workloads.remove(id) != null) {
        listener.gone(id);
      }
    }
    touched.forEach(this::publish);
  }

  private void publish(NetworkMembers network) {
    if (network.isEmpty()) {
      networks.remove(network.inode());
      network.close();
      listener.unwatch(network.inode());
      return;
    }
    network.look();
    for (Workload workload : network.workloads(nodeId, nodeName)) {
      if (!workload.equals(workloads.put(workload.id(), workload))) {
        listener.changed(workload);
      }
    }
    Workload owner = workloads.get(network.owner());
    if (owner != null && network.visible()) {
      listener.watch(network.inode(), owner);
    }
  }
}
