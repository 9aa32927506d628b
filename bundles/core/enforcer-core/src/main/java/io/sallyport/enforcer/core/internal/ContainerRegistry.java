/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Container;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What all sources say about containers: of a container that several know, the facts of the source
 * with the highest rank stand; among equals those of the one that spoke first. Safe on any thread.
 */
final class ContainerRegistry {
  private final int maxContainers;
  private final Consumer<String> changed;
  private final Map<String, LinkedHashMap<Origin, Container>> containers = new HashMap<>();

  /**
   * An empty registry.
   *
   * @param maxContainers how many containers are kept; what a source reports beyond is refused
   * @param changed called with the id of a container whose facts are new, others, or gone; it must
   *     be quick, and ask {@link #container} later
   */
  ContainerRegistry(int maxContainers, Consumer<String> changed) {
    this.maxContainers = maxContainers;
    this.changed = changed;
  }

  /** One endpoint of one source. */
  static final class Origin {
    private final int rank;

    Origin(int rank) {
      this.rank = rank;
    }
  }

  /** Takes a source's word; false when there are too many containers already. */
  boolean put(Origin origin, Container container) {
    boolean news;
    synchronized (this) {
      LinkedHashMap<Origin, Container> known = containers.get(container.id());
      if (known == null) {
        if (containers.size() >= maxContainers) {
          return false;
        }
        known = new LinkedHashMap<>();
        containers.put(container.id(), known);
      }
      Container before = best(known);
      known.put(origin, container);
      news = !Objects.equals(before, best(known));
    }
    if (news) {
      changed.accept(container.id());
    }
    return true;
  }

  /** Takes back what a source said about a container. */
  void remove(Origin origin, String id) {
    synchronized (this) {
      Map<Origin, Container> known = containers.get(id);
      if (known == null || known.remove(origin) == null) {
        return;
      }
      if (known.isEmpty()) {
        containers.remove(id);
      }
    }
    changed.accept(id);
  }

  /** The containers that a source has reported. */
  synchronized List<String> of(Origin origin) {
    List<String> ids = new ArrayList<>();
    containers.forEach(
        (id, known) -> {
          if (known.containsKey(origin)) {
            ids.add(id);
          }
        });
    return ids;
  }

  /** All containers that some source knows. */
  synchronized Set<String> ids() {
    return Set.copyOf(containers.keySet());
  }

  /** The facts that stand, null when nobody knows the container any more. */
  synchronized @Nullable Container container(String id) {
    Map<Origin, Container> known = containers.get(id);
    return known == null ? null : best(known);
  }

  private static @Nullable Container best(Map<Origin, Container> known) {
    int rank = Integer.MIN_VALUE;
    Container best = null;
    for (Map.Entry<Origin, Container> entry : known.entrySet()) {
      if (best == null || entry.getKey().rank > rank) {
        rank = entry.getKey().rank;
        best = entry.getValue();
      }
    }
    return best;
  }
}
