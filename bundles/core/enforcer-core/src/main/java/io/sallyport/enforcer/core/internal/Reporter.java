/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.ReportReceipt;
import io.sallyport.api.link.ReportService;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends reports, one at a time, as often as the controller wants. A report that failed is sent
 * again as it was, until it is taken; what happens meanwhile comes together in the next one.
 */
final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Supplier<@Nullable ReportService> service;
  private final ReportWriter writer;
  private final Duration usual;
  private final Backoff backoff;
  private final Thread thread;
  private @Nullable NodeReport pending;
  private boolean full = true;
  private boolean failing;

  /**
   * A reporter that rests until it is started.
   *
   * @param service where reports go; null while there is no controller
   * @param usual how often, until the controller says otherwise
   */
  Reporter(Supplier<@Nullable ReportService> service, ReportWriter writer, Duration usual) {
    this.service = service;
    this.writer = writer;
    this.usual = usual;
    this.backoff = new Backoff(usual, Duration.ofSeconds(30));
    this.thread = Thread.ofVirtual().name("reporter").unstarted(this::run);
  }

  /** Makes a report of what has come together. */
  @FunctionalInterface
  interface ReportWriter {
    NodeReport write(boolean full);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!thread.isInterrupted()) {
        Thread.sleep(sendOnce());
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    }
  }

  /** Sends a report if there is a controller: how long to wait before the next. */
  Duration sendOnce() {
    ReportService current = service.get();
    if (current == null) {
      return usual;
    }
    try {
      NodeReport report = pending;
      if (report == null) {
        report = writer.write(full);
        pending = report;
      }
      ReportReceipt receipt = current.report(report);
      pending = null;
      full = !receipt.complete();
      succeeded();
      return within(receipt.interval());
    } catch (SallyportException e) {
      failed(String.valueOf(e.getMessage()), null);
    } catch (RuntimeException e) {
      failed(e.toString(), e);
    }
    return backoff.next();
  }

  private void succeeded() {
    if (failing) {
      LOG.info("The controller takes reports again");
    }
    failing = false;
    backoff.reset();
  }

  private void failed(String message, @Nullable Throwable defect) {
    if (!failing) {
      LOG.warn("The controller does not take reports; they are kept: {}", message, defect);
    }
    failing = true;
  }

  private static Duration within(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return interval.compareTo(LONGEST) > 0 ? LONGEST : interval;
  }
}
