/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.workload.Workload;
import java.util.List;

/**
 * What a node has to say since its last report.
 *
 * @param node who reports
 * @param start when the node's enforcer was started, nanoseconds since the epoch; a start that is
 *     new to the controller begins with a full report
 * @param sequence one more with each report; begins at 1 with each start of the node
 * @param full whether {@code workloads} are all there are, and {@code conversations} what was said
 *     since the start; else they are what has come since the last report
 * @param workloads workloads that are new or have changed
 * @param goneWorkloads ids of those that no longer run
 * @param conversations what was said, to be added up
 * @param flows flows that are new, have changed or have ended; the newest of them when there are
 *     too many
 * @param messages what parsers read; the newest of them when there are too many
 * @param captures how the captures do that the policy ordered
 * @param status how the node does
 */
public record NodeReport(
    NodeInfo node,
    long start,
    long sequence,
    boolean full,
    List<Workload> workloads,
    List<String> goneWorkloads,
    List<ConversationDelta> conversations,
    List<FlowRecord> flows,
    List<FlowMessage> messages,
    List<CaptureProgress> captures,
    NodeStatus status) {
  /** Copies the lists. */
  public NodeReport {
    workloads = List.copyOf(workloads);
    goneWorkloads = List.copyOf(goneWorkloads);
    conversations = List.copyOf(conversations);
    flows = List.copyOf(flows);
    messages = List.copyOf(messages);
    captures = List.copyOf(captures);
  }
}
