/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.network.MapView;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Between the model's thread, which must not wait, and a client that may be slow: what has not been
 * taken yet is merged with what comes.
 */
final class MapMailbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private @Nullable MapView waiting;

  /** Leaves a view; never waits for the client. */
  void put(MapView view) {
    lock.lock();
    try {
      waiting = waiting == null || view.full() ? view : merge(waiting, view);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything that was left, null when nothing was within the time. */
  @Nullable MapView take(long time, TimeUnit unit) throws InterruptedException {
    lock.lock();
    try {
      long left = unit.toNanos(time);
      while (waiting == null && left > 0) {
        left = filled.awaitNanos(left);
      }
      MapView taken = waiting;
      waiting = null;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Both as one; {@code later} is a delta. */
  static MapView merge(MapView earlier, MapView later) {
    Set<String> goneNodes = gone(earlier.removedNodes(), later.removedNodes());
    Set<String> goneEdges = gone(earlier.removedEdges(), later.removedEdges());
    List<MapView.Node> nodes =
        merge(earlier.nodes(), later.nodes(), later.removedNodes(), MapView.Node::id);
    List<MapView.Edge> edges =
        merge(earlier.edges(), later.edges(), later.removedEdges(), MapView.Edge::id);
    nodes.forEach(node -> goneNodes.remove(node.id()));
    edges.forEach(edge -> goneEdges.remove(edge.id()));
    return new MapView(
        later.revision(),
        earlier.full(),
        nodes,
        edges,
        earlier.full() ? Set.of() : goneNodes,
        earlier.full() ? Set.of() : goneEdges,
        earlier.truncated() || later.truncated());
  }

  private static Set<String> gone(Set<String> earlier, Set<String> later) {
    Set<String> all = new HashSet<>(earlier);
    all.addAll(later);
    return all;
  }

  private static <T> List<T> merge(
      List<T> earlier, List<T> later, Set<String> removed, Function<T, String> id) {
    Map<String, T> merged = new LinkedHashMap<>();
    earlier.forEach(each -> merged.put(id.apply(each), each));
    removed.forEach(merged::remove);
    later.forEach(each -> merged.put(id.apply(each), each));
    return List.copyOf(merged.values());
  }
}
