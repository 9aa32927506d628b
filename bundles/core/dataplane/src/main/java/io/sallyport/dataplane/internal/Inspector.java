/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.api.inspection.InspectionWorker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Hands payload to the protocol engine. A call may never return, or end with the thread's
 * abandonment: whoever calls this has to leave everything as another thread may find it.
 */
final class Inspector implements InspectionListener {
  private final InspectionWorker worker;
  private final Reporter reporter;
  private final Counters counters;
  private @Nullable TrackedFlow current;

  Inspector(InspectionWorker worker, Reporter reporter, Counters counters) {
    this.worker = worker;
    this.reporter = reporter;
    this.counters = counters;
  }

  /** The next bytes of a flow; does nothing when they are of no use. */
  void data(TrackedFlow flow, Direction direction, MemorySegment memory, long offset, int length) {
    if (!flow.inspecting) {
      return;
    }
    current = flow;
    publish();
    Inspection inspection = flow.inspection;
    if (inspection == null) {
      counters.add(Counter.INSPECTIONS);
      inspection = worker.open(flow.description(), this);
      flow.inspection = inspection;
    }
    inspection.data(direction, memory, offset, length);
    flow.inspecting = inspection.wantsData();
  }

  /** Bytes of a flow are missing. */
  void gap(TrackedFlow flow, Direction direction, long bytes) {
    Inspection inspection = flow.inspection;
    if (flow.inspecting && inspection != null) {
      current = flow;
      publish();
      inspection.gap(direction, bytes);
      flow.inspecting = inspection.wantsData();
    }
  }

  /** The flow has ended. */
  void end(TrackedFlow flow) {
    Inspection inspection = flow.inspection;
    if (inspection != null) {
      current = flow;
      publish();
      inspection.end();
    }
    flow.inspecting = false;
  }

  @Override
  public void identified(Inspection inspection, Application application) {
    TrackedFlow flow = current;
    if (flow != null) {
      // Within the engine's first call the flow does not know its inspection yet.
      flow.inspection = inspection;
      reporter.identified(flow);
    }
  }

  @Override
  public void message(Inspection inspection, Direction direction, Message message) {
    TrackedFlow flow = current;
    if (flow != null) {
      flow.inspection = inspection;
      reporter.message(flow, direction, message);
    }
  }

  /** What was written so far is for the thread that goes on if this one is lost in the engine. */
  private static void publish() {
    VarHandle.releaseFence();
  }
}
