/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.Workload;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The containers of one network namespace. For the table's thread alone. */
final class NetworkMembers implements AutoCloseable {
  private static final String POD = "io.kubernetes.pod.uid";
  private static final Comparator<@Nullable Instant> KNOWN_FIRST =
      Comparator.nullsLast(Comparator.naturalOrder());
  private static final Comparator<Container> SPEAKS_FIRST =
      Comparator.comparing((Container container) -> !sandbox(container))
          .thenComparing(Container::createdAt, KNOWN_FIRST)
          .thenComparing(Container::startedAt, KNOWN_FIRST)
          .thenComparing(Container::id);

  private final long inode;
  private final boolean host;
  private final NamespaceProbe probe;
  private final Consumer<String> changed;
  private final Map<String, Container> members = new LinkedHashMap<>();
  private List<IpAddress> addresses = List.of();
  private int watchedPid;
  private Subscription watch = () -> {};

  NetworkMembers(long inode, boolean host, NamespaceProbe probe, Consumer<String> changed) {
    this.inode = inode;
    this.host = host;
    this.probe = probe;
    this.changed = changed;
  }

  long inode() {
    return inode;
  }

  /** Whether its packets can be seen, and told from those of others. */
  boolean visible() {
    return !host && inode != 0;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  void put(Container container) {
    members.put(container.id(), container);
  }

  void remove(String id) {
    members.remove(id);
  }

  /** Who speaks for the namespace: a pod's sandbox, else the oldest. */
  String owner() {
    return first().id();
  }

  /** Reads the addresses, and makes sure that changes of them are told. */
  void look() {
    if (!visible()) {
      return;
    }
    Container owner = first();
    if (owner.pid() != watchedPid) {
      watch.close();
      watch = probe.watch(owner.pid(), () -> changed.accept(owner.id()));
      watchedPid = owner.pid();
    }
    addresses =
        probe.addresses(owner.pid()).stream()
            .filter(address -> !address.isLoopback() && !Addresses.linkLocal(address))
            .toList();
  }

  List<Workload> workloads(String nodeId, String nodeName) {
    return members.values().stream().map(each -> workload(each, nodeId, nodeName)).toList();
  }

  @Override
  public void close() {
    watch.close();
  }

  private Container first() {
    return members.values().stream().min(SPEAKS_FIRST).orElseThrow();
  }

  private Workload workload(Container container, String nodeId, String nodeName) {
    ServiceName name = ServiceNaming.of(named(container), nodeName);
    return new Workload(
        container,
        nodeId,
        inode,
        host,
        addresses,
        name.service(),
        name.domain(),
        visible() ? owner() : container.id());
  }

  /** The container whose labels name the service: of a pod, only the sandbox has all of them. */
  private Container named(Container container) {
    String pod = container.labels().get(POD);
    if (pod == null || sandbox(container)) {
      return container;
    }
    return members.values().stream()
        .filter(each -> sandbox(each) && Objects.equals(each.labels().get(POD), pod))
        .findFirst()
        .orElse(container);
  }

  private static boolean sandbox(Container container) {
    Map<String, String> labels = container.labels();
    return "sandbox".equals(labels.get("io.cri-containerd.kind"))
        || "POD".equals(labels.get("io.kubernetes.container.name"))
        || "podsandbox".equals(labels.get("io.kubernetes.docker.type"));
  }
}
