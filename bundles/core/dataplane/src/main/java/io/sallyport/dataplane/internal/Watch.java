/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.flow.DataplaneStatus.OpenCapture;
import io.sallyport.api.flow.FlowObserver;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace that someone wants watched, whatever becomes of its captures. Its state is
 * changed under its lock.
 */
final class Watch {
  private static final CaptureStatistics NOTHING = new CaptureStatistics(0, 0, 0);
  private static final int MAX_DOUBLINGS = 5;

  /** A capture that has worked for so long does not fail at once again. */
  private static final long STABLE_NANOS = 10_000_000_000L;

  final String workloadId;
  final CaptureTarget target;
  final FlowObserver observer;
  final DutyLoop loop;
  private @Nullable Attachment attachment;
  private String problem = "";
  private boolean closed;
  private int failures;
  private long attachedAt;

  Watch(String workloadId, CaptureTarget target, FlowObserver observer, DutyLoop loop) {
    this.workloadId = workloadId;
    this.target = target;
    this.observer = observer;
    this.loop = loop;
  }

  /** Takes a new capture into use; false if nobody wants it any more. */
  synchronized boolean attach(Attachment opened) {
    if (closed || attachment != null) {
      return false;
    }
    attachment = opened;
    attachedAt = System.nanoTime();
    problem = "";
    loop.attach(opened);
    return true;
  }

  /**
   * The capture is of no use any more.
   *
   * @return how many seconds to wait before another is opened; below zero when none is wanted: it
   *     was not the one in use, or the watch is over
   */
  synchronized int failed(Attachment lost, String reason) {
    if (attachment != lost) {
      return -1;
    }
    attachment = null;
    if (closed) {
      return -1;
    }
    if (System.nanoTime() - attachedAt > STABLE_NANOS) {
      failures = 0;
      problem = reason;
      return 0;
    }
    return stillFailing(reason);
  }

  /** It could not be opened again: how many seconds to wait before the next try. */
  synchronized int stillFailing(String reason) {
    problem = reason;
    int doublings = failures;
    failures = Math.min(failures + 1, MAX_DOUBLINGS);
    return doublings == 0 ? 0 : 1 << doublings;
  }

  /** Ends the watch; gives the capture to detach, if there is one. */
  synchronized @Nullable Attachment close() {
    closed = true;
    return attachment;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized @Nullable Attachment attachment() {
    return attachment;
  }

  synchronized OpenCapture status() {
    Attachment open = attachment;
    return open == null
        ? new OpenCapture(workloadId, "", NOTHING, problem)
        : new OpenCapture(workloadId, open.backend.name(), open.capture.statistics(), "");
  }
}
