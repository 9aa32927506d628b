/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.enforcer.core.internal.Eventually.eventually;
import static io.sallyport.enforcer.core.internal.FakeSource.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkloadTableTest implements WorkloadListener {
  private final Map<Long, Workload> watched = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final FakeProbe probe = new FakeProbe();
  private final ContainerRegistry.Origin origin = new ContainerRegistry.Origin(300);
  private final ContainerRegistry registry = new ContainerRegistry(100, id -> changedContainer(id));
  private final WorkloadTable table =
      new WorkloadTable(registry, probe, this, "node", "host", Duration.ofMillis(50));

  @BeforeEach
  void start() {
    table.start();
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void placesAContainerInItsNetwork() throws InterruptedException {
    probe.process(10, 77).network(77, "127.0.0.1", "172.17.0.2", "fe80::1", "fd00::2");
    registry.put(origin, container("a", "web-1", 10));
    eventually("it is watched", () -> watched.containsKey(77L));

    Workload workload = workload("a");
    assertThat(workload.group()).isEqualTo("nv.web");
    assertThat(workload.nodeId()).isEqualTo("node");
    assertThat(workload.networkNamespace()).isEqualTo(77);
    assertThat(workload.networkOwner()).isEqualTo("a");
    assertThat(workload.addresses())
        .as("without loopback and link-local ones")
        .containsExactly(IpAddress.parse("172.17.0.2"), IpAddress.parse("fd00::2"));
  }

  @Test
  void seesAddressesChange() throws InterruptedException {
    probe.process(10, 77).network(77, "172.17.0.2");
    registry.put(origin, container("a", "a", 10));
    eventually("it is watched", () -> watched.containsKey(77L));
    probe.network(77, "172.17.0.2", "172.18.0.2");

    eventually("the new address is there", () -> workload("a").addresses().size() == 2);
  }

  @Test
  void leavesTheHostsNetworkAlone() throws InterruptedException {
    probe.process(10, FakeProbe.HOST).network(FakeProbe.HOST, "192.0.2.1");
    registry.put(origin, container("a", "a", 10));
    eventually("it is there", () -> table.workload("a") != null);

    assertThat(workload("a").hostNetwork()).isTrue();
    assertThat(workload("a").addresses()).isEmpty();
    assertThat(watched).isEmpty();
  }

  @Test
  void letsTheSandboxSpeakForItsPod() throws InterruptedException {
    probe.process(10, 77).process(11, 77).network(77, "10.0.0.9");
    Map<String, String> pod =
        Map.of(
            "io.kubernetes.pod.name",
            "rbac-cdsi61j20equel7caka0-587b9d8b8f-rr6bw",
            "io.kubernetes.pod.namespace",
            "kubx",
            "io.kubernetes.pod.uid",
            "u1");
    registry.put(origin, container("app", "app", 11, pod, Instant.ofEpochSecond(1)));
    eventually("the container speaks for itself", () -> watched.containsKey(77L));

    Map<String, String> sandbox = new ConcurrentHashMap<>(pod);
    sandbox.put("io.cri-containerd.kind", "sandbox");
    sandbox.put("clusterID", "cdsi61j20equel7caka0");
    registry.put(origin, container("pause", "pause", 10, sandbox, Instant.ofEpochSecond(2)));
    eventually("the sandbox speaks", () -> workload("app").networkOwner().equals("pause"));

    assertThat(workload("app").group()).as("the sandbox has the labels").isEqualTo("nv.rbac.kubx");
    assertThat(workload("pause").group()).isEqualTo("nv.rbac.kubx");
    eventually("it is watched by the sandbox", () -> watched(77).id().equals("pause"));
  }

  @Test
  void letsTheOldestSpeakForASharedNetwork() throws InterruptedException {
    probe.process(10, 77).process(11, 77).network(77, "10.0.0.9");
    registry.put(origin, container("a", "new", 10, Map.of(), Instant.ofEpochSecond(2)));
    registry.put(origin, container("b", "old", 11, Map.of(), Instant.ofEpochSecond(1)));
    eventually(
        "the older speaks",
        () ->
            table.workloads().size() == 2
                && workload("a").networkOwner().equals("b")
                && watched(77).id().equals("b"));

    registry.remove(origin, "b");
    eventually("the other takes over", () -> watched(77).id().equals("a"));
    assertThat(gone).containsExactly("b");
  }

  @Test
  void followsAContainerToItsNextProcess() throws InterruptedException {
    probe.process(10, 77).process(20, 78).network(77, "10.0.0.9").network(78, "10.0.0.10");
    registry.put(origin, container("a", "a", 10));
    eventually("it is watched", () -> watched.containsKey(77L));
    registry.put(origin, container("a", "a", 20));
    eventually("the new network is watched", () -> watched.containsKey(78L));

    assertThat(watched).doesNotContainKey(77L);
    assertThat(gone).isEmpty();
    assertThat(probe.watches()).isEqualTo(1);
  }

  @Test
  void doesNotMindAContainerThatEndsWhileItIsLookedAt() throws InterruptedException {
    registry.put(origin, container("ended", "ended", 99));
    probe.process(10, 77);
    registry.put(origin, container("a", "a", 10));
    eventually("the other is there", () -> table.workload("a") != null);
    assertThat(table.workload("ended")).isNull();

    probe.end(10);
    eventually("the check finds that it has ended", () -> gone.contains("a"));
    assertThat(table.workloads()).isEmpty();
    assertThat(watched).isEmpty();
  }

  @Test
  void seesContainersOnlyWhoseNetworkItMayNotEnter() throws InterruptedException {
    probe.process(10, 0).process(11, 0);
    registry.put(origin, container("a", "a", 10));
    registry.put(origin, container("b", "b", 11));
    eventually("both are there", () -> table.workloads().size() == 2);

    assertThat(workload("a").hostNetwork()).isFalse();
    assertThat(workload("b").networkOwner()).isEqualTo("b");
    assertThat(watched).isEmpty();
  }

  @Override
  public void changed(Workload workload) {
    gone.remove(workload.id());
  }

  @Override
  public void gone(String workloadId) {
    gone.add(workloadId);
  }

  @Override
  public void watch(long inode, Workload owner) {
    watched.put(inode, owner);
  }

  @Override
  public void unwatch(long inode) {
    watched.remove(inode);
  }

  private void changedContainer(String id) {
    table.changed(id);
  }

  private Workload workload(String id) {
    Workload workload = table.workload(id);
    return workload == null ? nobody() : workload;
  }

  private Workload watched(long inode) {
    return watched.getOrDefault(inode, nobody());
  }

  private static Workload nobody() {
    Container container = container("nobody", "nobody", 1);
    return new Workload(container, "", 0, false, java.util.List.of(), "", "", "");
  }
}
