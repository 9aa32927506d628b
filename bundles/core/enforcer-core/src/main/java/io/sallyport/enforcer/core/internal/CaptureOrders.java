/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.PacketRecorder;
import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.link.NodePolicy;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.workload.Workload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The packet captures that the policy orders: starts those that are new, ends those that left. */
final class CaptureOrders implements AutoCloseable {
  private final Path folder;
  private final Function<String, @Nullable Workload> workloads;
  private final Supplier<@Nullable PacketRecorder> recorder;
  private final Supplier<@Nullable ReportService> reports;
  private final Map<String, OrderedCapture> captures = new HashMap<>();
  private long epoch;

  /**
   * No captures yet.
   *
   * @param folder where files lie until they are uploaded
   * @param workloads finds a running workload by id
   * @param recorder what records; null while it is absent
   * @param reports where packets go; null while there is no controller
   */
  CaptureOrders(
      Path folder,
      Function<String, @Nullable Workload> workloads,
      Supplier<@Nullable PacketRecorder> recorder,
      Supplier<@Nullable ReportService> reports) {
    this.folder = folder;
    this.workloads = workloads;
    this.recorder = recorder;
    this.reports = reports;
  }

  /** Puts a policy into force. Does not block. */
  synchronized void policy(NodePolicy policy) {
    epoch = policy.epoch();
    Set<String> wanted = new HashSet<>();
    for (CaptureOrder order : policy.captures()) {
      wanted.add(order.id());
      captures.computeIfAbsent(order.id(), id -> start(order));
    }
    for (OrderedCapture capture : captures.values()) {
      if (!wanted.contains(capture.id())) {
        capture.end();
      }
    }
    forgetDone(wanted);
  }

  /** The policy that is in force. */
  synchronized long epoch() {
    return epoch;
  }

  /** How all of them do; those that have left the policy are told until they are done. */
  synchronized List<CaptureProgress> progress() {
    List<CaptureProgress> progress =
        captures.values().stream().map(OrderedCapture::progress).toList();
    captures.values().removeIf(capture -> capture.ended() && capture.done());
    return progress;
  }

  /** Ends all of them at once; what was not uploaded is lost with the node's start. */
  @Override
  public synchronized void close() {
    captures.values().forEach(OrderedCapture::abandon);
    captures.clear();
  }

  private void forgetDone(Set<String> wanted) {
    captures.values().removeIf(capture -> !wanted.contains(capture.id()) && capture.done());
  }

  private OrderedCapture start(CaptureOrder order) {
    OrderedCapture capture =
        new OrderedCapture(order, folder.resolve(fileName(order)), workloads, recorder, reports);
    capture.start();
    return capture;
  }

  private static String fileName(CaptureOrder order) {
    return order.id().replaceAll("[^A-Za-z0-9-]", "_") + ".pcap";
  }
}
