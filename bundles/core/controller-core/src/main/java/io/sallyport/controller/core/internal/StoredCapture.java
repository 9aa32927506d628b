/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import java.nio.file.Path;
import java.time.Duration;

/** A capture and how far it is. Guarded by the archive. */
final class StoredCapture {
  /** How long a node may take after the end of a capture to send the rest of it. */
  private static final long PATIENCE = Duration.ofMinutes(1).toNanos();

  private final CaptureOrder order;
  private final String nodeId;
  private final long startedAt;
  private final Path file;
  private PacketCapture.State state = PacketCapture.State.RUNNING;
  private boolean stopped;
  private long deadline;
  private long bytes;
  private String problem = "";

  StoredCapture(CaptureOrder order, String nodeId, long startedAt, Path file) {
    this.order = order;
    this.nodeId = nodeId;
    this.startedAt = startedAt;
    this.file = file;
    this.deadline = startedAt + order.duration().toNanos() + PATIENCE;
  }

  /** One that was found again after a start: its file is all there is. */
  static StoredCapture kept(
      CaptureOrder order, String nodeId, long startedAt, Path file, long bytes) {
    StoredCapture capture = new StoredCapture(order, nodeId, startedAt, file);
    capture.state = PacketCapture.State.STOPPED;
    capture.bytes = bytes;
    return capture;
  }

  String id() {
    return order.id();
  }

  CaptureOrder order() {
    return order;
  }

  String nodeId() {
    return nodeId;
  }

  long startedAt() {
    return startedAt;
  }

  Path file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  /** Whether its node is to record packets. */
  boolean wanted() {
    return state == PacketCapture.State.RUNNING && !stopped;
  }

  PacketCapture view() {
    return new PacketCapture(
        order.id(), order.workloadId(), nodeId, state, bytes, startedAt, problem);
  }

  /** No more packets are wanted; it runs until those that were recorded have come. */
  void stop(long now) {
    if (wanted()) {
      stopped = true;
      deadline = now + PATIENCE;
    }
  }

  /** The file reaches this far. */
  void reached(long end) {
    bytes = end;
  }

  void fail(String why) {
    state = PacketCapture.State.FAILED;
    problem = why;
  }

  void progress(CaptureProgress progress) {
    if (state != PacketCapture.State.RUNNING || progress.running()) {
      return;
    }
    if (!progress.problem().isEmpty()) {
      fail(progress.problem());
    } else if (bytes >= progress.bytes()) {
      state = PacketCapture.State.STOPPED;
    }
  }

  /** Gives up on a node that does not send the rest. */
  void overdue(long now) {
    if (state == PacketCapture.State.RUNNING && now > deadline) {
      if (stopped) {
        state = PacketCapture.State.STOPPED;
      } else {
        fail("the node has not told for a minute how the capture ended");
      }
    }
  }
}
