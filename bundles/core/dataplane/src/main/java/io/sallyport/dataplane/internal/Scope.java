/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.flow.FlowObserver;
import org.jspecify.annotations.Nullable;

/**
 * What flows belong to: one capture of one workload. Two namespaces may use the same addresses, so
 * a flow is found by its endpoints within its scope. Compared by identity.
 */
final class Scope {
  private final int number;
  private final String workloadId;
  private final FlowObserver observer;
  private final long fullBytes;
  private final @Nullable Capture capture;

  /**
   * A scope.
   *
   * @param number unique among the scopes of one owner thread
   * @param fullBytes behind how many bytes of a flow the capture may leave packets out
   * @param capture where connection counters come from, if anywhere
   */
  Scope(
      int number,
      String workloadId,
      FlowObserver observer,
      long fullBytes,
      @Nullable Capture capture) {
    this.number = number;
    this.workloadId = workloadId;
    this.observer = observer;
    this.fullBytes = fullBytes;
    this.capture = capture;
  }

  int number() {
    return number;
  }

  String workloadId() {
    return workloadId;
  }

  FlowObserver observer() {
    return observer;
  }

  long fullBytes() {
    return fullBytes;
  }

  @Nullable Capture capture() {
    return capture;
  }
}
