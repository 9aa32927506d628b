/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.PacketRecorder;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.workload.Workload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One packet capture that was ordered: recorded to a file here, uploaded while it grows, deleted
 * when everything has been taken. Runs on a thread of its own.
 */
final class OrderedCapture {
  private static final Logger LOG = LoggerFactory.getLogger(OrderedCapture.class);
  private static final int PIECE = 256 * 1024;
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long packets of an ended capture are kept for a controller that does not take them. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final CaptureOrder order;
  private final Path file;
  private final Function<String, @Nullable Workload> workloads;
  private final Supplier<@Nullable PacketRecorder> recorder;
  private final Supplier<@Nullable ReportService> reports;
  private final Thread thread;
  private final Backoff backoff = Backoff.usual();
  private volatile boolean ended;
  private volatile boolean done;
  private volatile boolean recording = true;
  private volatile long bytes;
  private long sent;
  private volatile String problem = "";

  OrderedCapture(
      CaptureOrder order,
      Path file,
      Function<String, @Nullable Workload> workloads,
      Supplier<@Nullable PacketRecorder> recorder,
      Supplier<@Nullable ReportService> reports) {
    this.order = order;
    this.file = file;
    this.workloads = workloads;
    this.recorder = recorder;
    this.reports = reports;
    this.thread = Thread.ofVirtual().name("capture-order").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  String id() {
    return order.id();
  }

  CaptureProgress progress() {
    return new CaptureProgress(order.id(), recording, bytes, problem);
  }

  /** No more packets are wanted; those that were recorded are still uploaded. */
  void end() {
    ended = true;
  }

  /** Whether no more packets are wanted. */
  boolean ended() {
    return ended;
  }

  /** Whether nothing is left to do. */
  boolean done() {
    return done;
  }

  /** Ends it and drops what was not uploaded. */
  void abandon() {
    ended = true;
    thread.interrupt();
  }

  private void run() {
    try {
      record(targetWorkload(), presentRecorder());
    } catch (SallyportException e) {
      problem = String.valueOf(e.getMessage());
    } catch (IOException e) {
      problem = "the packets cannot be kept in " + file + ": " + e.getMessage();
    } catch (InterruptedException e) {
      LOG.debug("The capture {} is abandoned", order.id());
    } catch (RuntimeException e) {
      LOG.error("The capture {} failed", order.id(), e);
      problem = "the recorder failed: " + e;
    } finally {
      recording = false;
      delete();
      done = true;
    }
  }

  private Workload targetWorkload() {
    Workload workload = workloads.apply(order.workloadId());
    if (workload == null) {
      throw new SallyportException(
          ErrorCode.WORKLOAD_NOT_RUNNING, "the container is not running on this node any more");
    }
    if (workload.hostNetwork()) {
      throw new SallyportException(
          ErrorCode.UNSUPPORTED,
          "the container uses the host's network; its packets cannot be told from the host's");
    }
    return workload;
  }

  private PacketRecorder presentRecorder() {
    PacketRecorder present = recorder.get();
    if (present == null) {
      throw new SallyportException(
          ErrorCode.UNSUPPORTED,
          "this node has nothing to record packets with; install the bundle capture-pcap4j");
    }
    return present;
  }

  private void record(Workload workload, PacketRecorder present)
      throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    CaptureTarget target =
        new CaptureTarget(
            "/proc/" + workload.container().pid() + "/ns/net", workload.name(), Long.MAX_VALUE);
    PacketRecorder.Recording running =
        present.record(target, file, order.duration(), order.maxBytes(), order.filter());
    try {
      upload(running);
    } finally {
      running.stop();
    }
  }

  /** Sends what is complete; at the end waits until all of it was taken. */
  private void upload(PacketRecorder.Recording running) throws IOException, InterruptedException {
    long deadline = Long.MAX_VALUE;
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      while (sent < bytes || recording) {
        recording = goesOn(running);
        bytes = running.bytes();
        problem = running.problem();
        boolean taken = sendComplete(input);
        if (!recording) {
          deadline = Math.min(deadline, System.nanoTime() + PATIENCE.toNanos());
          if (System.nanoTime() > deadline) {
            throw new IOException(
                "the controller has not taken them for " + PATIENCE.toMinutes() + " min");
          }
        }
        if (!taken) {
          Thread.sleep(backoff.next());
        } else if (recording) {
          Thread.sleep(PAUSE);
        }
      }
    }
  }

  private boolean goesOn(PacketRecorder.Recording running) {
    if (ended && running.running()) {
      running.stop();
    }
    return running.running();
  }

  private boolean sendComplete(RandomAccessFile input) throws IOException {
    while (sent < bytes) {
      byte[] piece = new byte[(int) Math.min(PIECE, bytes - sent)];
      input.seek(sent);
      input.readFully(piece);
      if (!send(sent, piece)) {
        return false;
      }
      sent += piece.length;
    }
    return true;
  }

  private boolean send(long offset, byte[] piece) {
    ReportService current = reports.get();
    if (current == null) {
      return false;
    }
    try {
      current.capturedPackets(order.id(), offset, piece);
      backoff.reset();
      return true;
    } catch (SallyportException e) {
      if (e.code() == ErrorCode.NOT_FOUND) {
        // Nobody wants these packets any more.
        end();
        return true;
      }
      LOG.debug("The controller does not take packets of {}", order.id(), e);
      return false;
    } catch (RuntimeException e) {
      LOG.debug("The controller does not take packets of {}", order.id(), e);
      return false;
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", file, e.toString());
    }
  }
}
