/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.api.inspection.InspectionWorker;
import org.jspecify.annotations.Nullable;

/** Reads a file to its end. */
final class FileWork implements OwnerThread.Work {
  private static final int BATCH = 4096;

  private final Capture capture;
  private final Scope scope;
  private final FlowLimits limits;
  private final Counters counters;
  private @Nullable FlowPath path;

  FileWork(Capture capture, Scope scope, FlowLimits limits, Counters counters) {
    this.capture = capture;
    this.scope = scope;
    this.limits = limits;
    this.counters = counters;
  }

  @Override
  public void run(InspectionWorker worker) {
    FlowPath road = path;
    if (road == null) {
      road = new FlowPath(limits, new FlowIds(1, 1, System.nanoTime()), worker, counters);
      path = road;
    }
    PacketHandler handler = road.handler(scope);
    int count = 0;
    while (count >= 0) {
      count = capture.poll(handler, BATCH);
    }
    road.finish();
  }

  @Override
  public void recover() {
    counters.add(Counter.OWNERS_ABANDONED);
    FlowPath road = path;
    if (road != null) {
      road.recover();
    }
  }
}
