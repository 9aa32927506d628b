/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.network.PacketCaptures;
import io.sallyport.api.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The packet captures that users ordered, and their files under {@code captures}; files of an
 * earlier start are found again. Safe on any thread.
 */
@Component(
    immediate = true,
    service = {PacketCaptures.class, CaptureArchive.class},
    configurationPid = "io.sallyport.controller.core")
public final class CaptureArchive implements PacketCaptures {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final long MEBIBYTE = 1024L * 1024;
  private static final int ID_BYTES = 6;

  private final Model model;
  private final PolicyDesk policies;
  private final LongSupplier clock;
  private final CaptureFiles files;
  private final int maxCaptures;
  private final long maxBytes;
  private final long maxTotalBytes;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, StoredCapture> captures = new HashMap<>();

  /** For Declarative Services. */
  @Activate
  public CaptureArchive(
      @Reference Model model, @Reference PolicyDesk policies, ControllerConfig config) {
    this(HomeDirectory.path(), model, policies, config, Nanos::now);
  }

  /** With files below {@code home} and a clock of nanoseconds since the epoch. */
  CaptureArchive(
      Path home, Model model, PolicyDesk policies, ControllerConfig config, LongSupplier clock) {
    this.model = model;
    this.policies = policies;
    this.clock = clock;
    this.maxCaptures = config.maxCaptures();
    this.maxBytes = config.maxCaptureMebibytes() * MEBIBYTE;
    this.maxTotalBytes = config.maxCapturesMebibytes() * MEBIBYTE;
    this.files = new CaptureFiles(home.resolve("captures"));
    for (StoredCapture kept : files.kept()) {
      captures.put(kept.id(), kept);
    }
  }

  @Override
  public synchronized String start(String workloadId, Duration duration, String filter) {
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST, "a capture lasts from 1 s to 1 h", "duration", null);
    }
    Workload workload = model.workload(workloadId);
    if (workload == null) {
      throw new SallyportException(
          ErrorCode.NOT_FOUND, "no running workload is called " + workloadId, "workload", null);
    }
    limit();
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    CaptureOrder order = new CaptureOrder(id, workload.id(), duration, maxBytes, filter);
    captures.put(id, files.create(order, workload.nodeId(), clock.getAsLong()));
    publish(workload.nodeId());
    return id;
  }

  @Override
  public synchronized List<PacketCapture> list() {
    return captures.values().stream()
        .map(StoredCapture::view)
        .sorted(Comparator.comparingLong(PacketCapture::startedAt).reversed())
        .toList();
  }

  @Override
  public synchronized void stop(String id) {
    StoredCapture capture = existing(id);
    capture.stop(clock.getAsLong());
    publish(capture.nodeId());
  }

  @Override
  public synchronized void delete(String id) {
    StoredCapture capture = existing(id);
    captures.remove(id);
    publish(capture.nodeId());
    files.delete(capture);
  }

  @Override
  public InputStream open(String id) throws IOException {
    StoredCapture capture;
    synchronized (this) {
      capture = existing(id);
    }
    return files.open(capture);
  }

  /** Takes packets from a node. */
  synchronized void append(String id, long offset, byte[] bytes) {
    StoredCapture capture = existing(id);
    try {
      files.write(capture, offset, bytes);
    } catch (IOException e) {
      capture.fail("the packets cannot be kept: " + e.getMessage());
      publish(capture.nodeId());
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what a node says about its captures. */
  synchronized void progress(String nodeId, List<CaptureProgress> progress) {
    for (CaptureProgress each : progress) {
      StoredCapture capture = captures.get(each.id());
      if (capture != null && capture.nodeId().equals(nodeId)) {
        capture.progress(each);
      }
    }
    long now = clock.getAsLong();
    captures.values().forEach(capture -> capture.overdue(now));
    publish(nodeId);
  }

  private void publish(String nodeId) {
    policies.captures(
        nodeId,
        captures.values().stream()
            .filter(capture -> capture.nodeId().equals(nodeId) && capture.wanted())
            .map(StoredCapture::order)
            .sorted(Comparator.comparing(CaptureOrder::id))
            .toList());
  }

  private void limit() {
    if (captures.size() >= maxCaptures) {
      throw new SallyportException(
          ErrorCode.LIMIT,
          "there are " + captures.size() + " captures already (maxCaptures); delete some first");
    }
    long reserved =
        captures.values().stream()
            .mapToLong(capture -> capture.wanted() ? maxBytes : capture.bytes())
            .sum();
    if (reserved + maxBytes > maxTotalBytes) {
      throw new SallyportException(
          ErrorCode.LIMIT,
          "the captures that are kept would exceed "
              + maxTotalBytes / MEBIBYTE
              + " MiB (maxCapturesMebibytes); delete some first");
    }
  }

  private StoredCapture existing(String id) {
    StoredCapture capture = captures.get(id);
    if (capture == null) {
      throw new SallyportException(ErrorCode.NOT_FOUND, "there is no capture " + id);
    }
    return capture;
  }
}
