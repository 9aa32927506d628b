/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.ConversationDelta;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.NodeStatus;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A node that reports what a test wants. */
final class Node {
  static final long NOW = 1_800_000_000_000_000_000L;
  static final long SECOND = 1_000_000_000L;

  private final NodeInfo info;
  private long start = 1;
  private long sequence;

  Node(String id, String... addresses) {
    info =
        new NodeInfo(
            id,
            "host-" + id,
            Arrays.stream(addresses).map(IpAddress::parse).toList(),
            "6.1",
            "Debian",
            2,
            1L << 30,
            "0.1.0",
            "docker");
  }

  String id() {
    return info.id();
  }

  /** The enforcer is started again. */
  void restart() {
    start++;
    sequence = 0;
  }

  Workload workload(String id, String service, String domain, String... addresses) {
    return workload(id, service, domain, List.of(), Instant.EPOCH, addresses);
  }

  Workload workload(
      String id,
      String service,
      String domain,
      List<PublishedPort> ports,
      Instant started,
      String... addresses) {
    Container container =
        new Container(
            id, id + "-name", "image", "", Map.of(), 1, "docker", "", ports, started, started);
    return new Workload(
        container,
        info.id(),
        1,
        false,
        Arrays.stream(addresses).map(IpAddress::parse).toList(),
        service,
        domain,
        id);
  }

  NodeReport full(List<Workload> workloads, ConversationDelta... deltas) {
    return report(true, workloads, List.of(), List.of(), deltas);
  }

  NodeReport changes(ConversationDelta... deltas) {
    return report(false, List.of(), List.of(), List.of(), deltas);
  }

  NodeReport changes(List<Workload> workloads, ConversationDelta... deltas) {
    return report(false, workloads, List.of(), List.of(), deltas);
  }

  NodeReport gone(String... ids) {
    return report(false, List.of(), List.of(ids), List.of());
  }

  NodeReport flows(FlowRecord... flows) {
    return report(false, List.of(), List.of(), List.of(flows));
  }

  NodeReport report(
      boolean full,
      List<Workload> workloads,
      List<String> gone,
      List<FlowRecord> flows,
      ConversationDelta... deltas) {
    sequence++;
    NodeStatus status =
        new NodeStatus(
            List.of(),
            new DataplaneStatus(List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            0,
            1);
    return new NodeReport(
        info,
        start,
        sequence,
        full,
        workloads,
        gone,
        List.of(deltas),
        flows,
        List.of(),
        List.of(),
        status);
  }

  static ConversationDelta egress(
      String workload, String peer, int port, Application application, long sessions, long bytes) {
    return delta(workload, false, peer, port, application, sessions, bytes, NOW);
  }

  static ConversationDelta ingress(
      String workload, String peer, int port, Application application, long sessions, long bytes) {
    return delta(workload, true, peer, port, application, sessions, bytes, NOW);
  }

  static ConversationDelta delta(
      String workload,
      boolean ingress,
      String peer,
      int port,
      Application application,
      long sessions,
      long bytes,
      long seen) {
    return new ConversationDelta(
        workload,
        ingress,
        IpAddress.parse(peer),
        Transport.TCP,
        port,
        application,
        sessions,
        2 * sessions,
        bytes,
        2 * bytes,
        seen,
        seen);
  }

  static FlowRecord flow(long id, String workload, FlowState state) {
    return new FlowRecord(
        id,
        workload,
        Transport.TCP,
        6,
        new Endpoint(IpAddress.parse("10.0.0.1"), 40_000),
        new Endpoint(IpAddress.parse("10.0.0.2"), 80),
        false,
        Application.UNKNOWN,
        1,
        100,
        1,
        100,
        NOW,
        NOW,
        state,
        Map.of());
  }
}
