/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.NodeStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes, and which of their reports were taken. Guarded by the model's lock. */
final class NodeBook {
  private static final int REMEMBERED_STARTS = 8;

  private final Map<String, Entry> nodes = new HashMap<>();

  /** What a report is to the controller. */
  enum Verdict {
    /** It was taken before: nothing changes. */
    REPEATED,
    /** It says what has changed, but what it changes is not known here. */
    INCOMPLETE,
    /** It says what has changed. */
    CHANGES,
    /** The first of a start, with everything there is. */
    BEGINNING,
    /** Everything there is, in place of what was told before. */
    EVERYTHING
  }

  /** A node as it was last heard of. */
  static final class Entry {
    private final long firstHeard;
    private final LinkedHashSet<Long> formerStarts = new LinkedHashSet<>();
    private NodeInfo info;
    private NodeStatus status;
    private long lastHeard;
    private long start;
    private long sequence;

    private Entry(NodeReport report, long now) {
      this.firstHeard = now;
      this.info = report.node();
      this.status = report.status();
    }

    NodeInfo info() {
      return info;
    }

    NodeStatus status() {
      return status;
    }

    long firstHeard() {
      return firstHeard;
    }

    long lastHeard() {
      return lastHeard;
    }
  }

  /**
   * Takes note of a report and says what it is.
   *
   * @throws SallyportException when two hosts report under one id
   */
  Verdict take(NodeReport report, long now) {
    Entry entry = nodes.computeIfAbsent(report.node().id(), id -> new Entry(report, now));
    if (entry.formerStarts.contains(report.start())) {
      throw new SallyportException(
          ErrorCode.DUPLICATE,
          "two enforcers report as node "
              + report.node().id()
              + "; delete the file node-id of one of them and start it again");
    }
    entry.lastHeard = now;
    if (entry.start == report.start() && report.sequence() <= entry.sequence) {
      return Verdict.REPEATED;
    }
    Verdict verdict = verdict(entry, report);
    if (verdict != Verdict.INCOMPLETE) {
      entry.info = report.node();
      entry.status = report.status();
      entry.sequence = report.sequence();
    }
    if (verdict == Verdict.BEGINNING) {
      begin(entry, report.start());
    }
    return verdict;
  }

  @Nullable Entry get(String nodeId) {
    return nodes.get(nodeId);
  }

  Collection<Entry> all() {
    return nodes.values();
  }

  int size() {
    return nodes.size();
  }

  /** Forgets the nodes that were not heard of since then: who they were. */
  List<NodeInfo> forget(long lastHeardBefore) {
    List<NodeInfo> forgotten = new ArrayList<>();
    nodes
        .values()
        .removeIf(
            entry -> {
              boolean lost = entry.lastHeard < lastHeardBefore;
              if (lost) {
                forgotten.add(entry.info);
              }
              return lost;
            });
    return forgotten;
  }

  private static Verdict verdict(Entry entry, NodeReport report) {
    boolean knownStart = entry.start == report.start();
    if (report.full()) {
      return knownStart ? Verdict.EVERYTHING : Verdict.BEGINNING;
    }
    return knownStart ? Verdict.CHANGES : Verdict.INCOMPLETE;
  }

  private static void begin(Entry entry, long start) {
    if (entry.start != 0) {
      entry.formerStarts.add(entry.start);
      if (entry.formerStarts.size() > REMEMBERED_STARTS) {
        entry.formerStarts.removeFirst();
      }
    }
    entry.start = start;
  }
}
