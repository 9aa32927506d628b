/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A datapath whose flows a test makes up. */
final class FakeDataplane implements Dataplane {
  private final Map<String, FlowObserver> observers = new ConcurrentHashMap<>();
  private final Map<String, CaptureTarget> targets = new ConcurrentHashMap<>();
  private final AtomicInteger refusals = new AtomicInteger();

  void refuse(int times) {
    refusals.set(times);
  }

  boolean watches(String workloadId) {
    return observers.containsKey(workloadId);
  }

  String namespace(String workloadId) {
    CaptureTarget target = targets.get(workloadId);
    return target == null ? "" : target.namespacePath();
  }

  void flow(String workloadId, FlowRecord flow) {
    FlowObserver observer = observers.get(workloadId);
    if (observer == null) {
      throw new IllegalStateException(workloadId + " is not watched");
    }
    observer.flow(flow);
  }

  @Override
  public Subscription watch(String workloadId, CaptureTarget target, FlowObserver observer) {
    if (refusals.getAndDecrement() > 0) {
      throw new CaptureException("no backend works", null);
    }
    observers.put(workloadId, observer);
    targets.put(workloadId, target);
    return () -> {
      observers.remove(workloadId, observer);
      targets.remove(workloadId, target);
    };
  }

  @Override
  public DataplaneStatus status() {
    return new DataplaneStatus(List.of(), List.of(), List.of());
  }
}
