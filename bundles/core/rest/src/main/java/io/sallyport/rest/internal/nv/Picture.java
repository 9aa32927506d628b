/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The model at one moment, with the look-ups that an answer needs. Used by one thread. */
public final class Picture {
  private final NetworkModel model;
  private final List<Workload> workloads;
  private final Map<String, NetworkModel.Node> nodes = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, Workload> byId = new HashMap<>();
  private final Map<String, List<Workload>> children = new HashMap<>();
  private @Nullable Map<String, Map<String, String>> served;

  /** Looks at the model. */
  public Picture(NetworkModel model) {
    this.model = model;
    this.workloads = model.workloads();
    model.nodes().forEach(node -> nodes.put(node.info().id(), node));
    model.groups().forEach(group -> groups.put(group.name(), group));
    workloads.forEach(workload -> byId.put(workload.id(), workload));
    for (Workload workload : workloads) {
      if (!parent(workload)) {
        children.computeIfAbsent(workload.networkOwner(), id -> new ArrayList<>()).add(workload);
      }
    }
  }

  /** All workloads. */
  public List<Workload> workloads() {
    return workloads;
  }

  /** The groups. */
  public List<Group> groups() {
    return model.groups();
  }

  /** The nodes. */
  public List<NetworkModel.Node> nodes() {
    return model.nodes();
  }

  /** What was said. */
  public List<Conversation> conversations() {
    return model.conversations();
  }

  /** A workload by its full id. */
  @Nullable Workload workload(String id) {
    return byId.get(id);
  }

  /** A node by its id. */
  NetworkModel.@Nullable Node node(String id) {
    return nodes.get(id);
  }

  /** A group by its name. */
  @Nullable Group group(String name) {
    return groups.get(name);
  }

  /** Whether a workload speaks for its network namespace, or has one of its own. */
  public boolean parent(Workload workload) {
    String owner = workload.networkOwner();
    return owner.isEmpty() || owner.equals(workload.id()) || !byId.containsKey(owner);
  }

  /** Those that share a workload's network namespace. */
  List<Workload> children(Workload workload) {
    return children.getOrDefault(workload.id(), List.of());
  }

  /** What a workload serves, as conversations showed: {@code tcp/80} to {@code HTTP}. */
  Map<String, String> served(String workloadId) {
    if (served == null) {
      served = servedPorts();
    }
    return served.getOrDefault(workloadId, Map.of());
  }

  /** The applications that a workload serves. */
  List<String> applications(String workloadId) {
    return List.copyOf(new TreeSet<>(served(workloadId).values()));
  }

  private Map<String, Map<String, String>> servedPorts() {
    Map<String, Map<String, String>> all = new HashMap<>();
    for (Conversation conversation : model.conversations()) {
      if (conversation.to().kind() != Peer.Kind.WORKLOAD) {
        continue;
      }
      for (ConversationEntry entry : conversation.entries()) {
        if (entry.application().known() && entry.port() != 0) {
          all.computeIfAbsent(conversation.to().id(), id -> new TreeMap<>())
              .put(entry.portText(), entry.application().name());
        }
      }
    }
    return all;
  }
}
