/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.ReportReceipt;
import io.sallyport.api.link.ReportService;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes reports, and slows nodes down so that reports never need more than a part of the time. */
@Component(immediate = true, configurationPid = "io.sallyport.controller.core")
public final class ReportDesk implements ReportService {
  /** All nodes' reports together may take one part in this many of one processor's time. */
  private static final long SHARE = 4;

  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  /** How much the newest report counts in the mean: one part in this many. */
  private static final long SMOOTHING = 16;

  private final Model model;
  private final CaptureArchive captures;
  private final long shortestNanos;
  private long meanNanos;

  /** For Declarative Services. */
  @Activate
  public ReportDesk(
      @Reference Model model, @Reference CaptureArchive captures, ControllerConfig config) {
    this.model = model;
    this.captures = captures;
    this.shortestNanos = Duration.ofMillis(config.reportMillis()).toNanos();
  }

  @Override
  public ReportReceipt report(NodeReport report) {
    long begin = System.nanoTime();
    NodeBook.Verdict verdict = model.take(report);
    captures.progress(report.node().id(), report.captures());
    Duration interval = interval(System.nanoTime() - begin);
    model.interval(interval);
    return new ReportReceipt(interval, verdict != NodeBook.Verdict.INCOMPLETE);
  }

  @Override
  public void capturedPackets(String captureId, long offset, byte[] bytes) {
    captures.append(captureId, offset, bytes);
  }

  private synchronized Duration interval(long tookNanos) {
    meanNanos += (tookNanos - meanNanos) / SMOOTHING;
    long needed = meanNanos * SHARE * model.nodeCount();
    return Duration.ofNanos(Math.clamp(needed, shortestNanos, LONGEST_NANOS));
  }
}
