/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.network.MapView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The whole map at one moment. */
record MapSnapshot(
    Map<String, MapView.Node> nodes, Map<String, MapView.Edge> edges, boolean truncated) {
  static final MapSnapshot EMPTY = new MapSnapshot(Map.of(), Map.of(), false);

  /** The map as a view of its own. */
  MapView whole(long revision) {
    return new MapView(
        revision,
        true,
        List.copyOf(nodes.values()),
        List.copyOf(edges.values()),
        Set.of(),
        Set.of(),
        truncated);
  }

  /** What has changed since an earlier one. */
  MapView since(MapSnapshot before, long revision) {
    return new MapView(
        revision,
        false,
        changed(before.nodes, nodes),
        changed(before.edges, edges),
        gone(before.nodes, nodes),
        gone(before.edges, edges),
        truncated);
  }

  private static <T> List<T> changed(Map<String, T> before, Map<String, T> now) {
    List<T> changed = new ArrayList<>();
    now.forEach(
        (id, value) -> {
          if (!value.equals(before.get(id))) {
            changed.add(value);
          }
        });
    return changed;
  }

  private static Set<String> gone(Map<String, ?> before, Map<String, ?> now) {
    Set<String> gone = new HashSet<>(before.keySet());
    gone.removeAll(now.keySet());
    return gone;
  }
}
