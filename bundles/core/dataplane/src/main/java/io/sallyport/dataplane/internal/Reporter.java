/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.inspection.Inspection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells observers what becomes of flows. A failing observer costs the one report. */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  private final boolean live;
  private final Counters counters;
  private final List<TrackedFlow> changed = new ArrayList<>();
  private boolean failureLogged;

  /** For live packets with all reports; for files only the last one of each flow. */
  Reporter(boolean live, Counters counters) {
    this.live = live;
    this.counters = counters;
  }

  void begun(TrackedFlow flow) {
    if (live) {
      report(flow);
    }
  }

  void identified(TrackedFlow flow) {
    if (live) {
      report(flow);
    }
  }

  /** The flow has moved; it is reported at the end of the interval. */
  void changed(TrackedFlow flow) {
    if (live && !flow.changed) {
      flow.changed = true;
      changed.add(flow);
    }
  }

  void ended(TrackedFlow flow) {
    report(flow);
  }

  void message(TrackedFlow flow, Direction direction, Message message) {
    if (live) {
      try {
        flow.scope.observer().message(record(flow), direction, message);
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  /** The interval is over. */
  void flush() {
    for (int i = 0; i < changed.size(); i++) {
      TrackedFlow flow = changed.get(i);
      flow.changed = false;
      if (!flow.ended) {
        report(flow);
      }
    }
    changed.clear();
  }

  private void report(TrackedFlow flow) {
    try {
      flow.scope.observer().flow(record(flow));
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(RuntimeException e) {
    counters.add(Counter.OBSERVER_ERRORS);
    if (!failureLogged) {
      failureLogged = true;
      LOG.warn("An observer of flows failed; further failures are only counted", e);
    }
  }

  private FlowRecord record(TrackedFlow flow) {
    Inspection inspection = flow.inspection;
    return new FlowRecord(
        flow.id,
        flow.scope.workloadId(),
        flow.transport(),
        flow.protocol,
        flow.client(),
        flow.server(),
        flow.midStream,
        inspection == null ? Application.UNKNOWN : inspection.application(),
        flow.packetsToServer,
        flow.bytesToServer,
        flow.packetsToClient,
        flow.bytesToClient,
        flow.firstSeen,
        flow.lastSeen,
        flow.state(),
        inspection == null ? Map.of() : attributes(flow, inspection));
  }

  /** The live view changes while others read; once the flow has ended it does not. */
  private static Map<String, List<String>> attributes(TrackedFlow flow, Inspection inspection) {
    Map<String, List<String>> view = inspection.attributes();
    if (flow.ended || view.isEmpty()) {
      return flow.ended ? view : Map.of();
    }
    Map<String, List<String>> copy = HashMap.newHashMap(view.size());
    view.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }
}
