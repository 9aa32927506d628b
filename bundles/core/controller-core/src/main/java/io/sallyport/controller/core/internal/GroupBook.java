/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.network.Group;
import io.sallyport.api.network.Mode;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learned groups, which live on for a while without members, and the reserved ones. Guarded by the
 * model's lock.
 */
final class GroupBook {
  static final String NODES = "nodes";
  static final String EXTERNAL = "external";
  static final String CONTAINERS = "containers";

  private static final String BASELINE = "basic";

  private final Map<String, Learned> learned = new HashMap<>();

  /** A learned group; {@code emptySince} is 0 while it has members. */
  private static final class Learned {
    private final String service;
    private final String domain;
    private final Mode mode = Mode.DISCOVER;
    private long emptySince;

    Learned(String service, String domain) {
      this.service = service;
      this.domain = domain;
    }
  }

  /** A workload was seen: its group is there. */
  void learn(Workload workload) {
    learned.computeIfAbsent(
                workload.group(), g -> new Learned(workload.service(), workload.domain()))
            .emptySince =
        0;
  }

  /**
   * A workload has left a group because more is known of it now, as when its runtime names a
   * container that was first seen by its control group. If it was the only member the group was
   * never one.
   */
  void renamed(String group, List<Workload> running) {
    if (running.stream().noneMatch(workload -> workload.group().equals(group))) {
      learned.remove(group);
    }
  }

  /** Forgets learned groups that had no member since then. */
  void age(List<Workload> running, long now, long emptyBefore) {
    Map<String, List<String>> members = members(running);
    learned.forEach(
        (name, group) -> {
          if (members.containsKey(name)) {
            group.emptySince = 0;
          } else if (group.emptySince == 0) {
            group.emptySince = now;
          }
        });
    learned.values().removeIf(group -> group.emptySince != 0 && group.emptySince < emptyBefore);
  }

  /** The mode of a group; of one that is not known, the mode that new ones get. */
  Mode mode(String group) {
    Learned known = learned.get(group);
    return known == null ? Mode.DISCOVER : known.mode;
  }

  boolean knows(String group) {
    return learned.containsKey(group);
  }

  /** All groups, by name. */
  List<Group> groups(List<Workload> running) {
    Map<String, List<String>> members = members(running);
    List<Group> groups = new ArrayList<>();
    learned.forEach(
        (name, group) ->
            groups.add(
                new Group(
                    name,
                    Group.Kind.CONTAINER,
                    true,
                    group.service,
                    group.domain,
                    group.mode,
                    group.mode,
                    BASELINE,
                    members.getOrDefault(name, List.of()))));
    groups.add(reserved(NODES, Group.Kind.NODE, List.of()));
    groups.add(reserved(EXTERNAL, Group.Kind.EXTERNAL, List.of()));
    groups.add(
        reserved(CONTAINERS, Group.Kind.CONTAINER, running.stream().map(Workload::id).toList()));
    groups.sort(Comparator.comparing(Group::name));
    return groups;
  }

  private static Group reserved(String name, Group.Kind kind, List<String> members) {
    return new Group(name, kind, false, "", "", Mode.DISCOVER, Mode.DISCOVER, BASELINE, members);
  }

  private static Map<String, List<String>> members(List<Workload> running) {
    Map<String, List<String>> members = new TreeMap<>();
    for (Workload workload : running) {
      members.computeIfAbsent(workload.group(), g -> new ArrayList<>()).add(workload.id());
    }
    return members;
  }
}
