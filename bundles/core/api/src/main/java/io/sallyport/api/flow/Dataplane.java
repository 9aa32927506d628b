/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Subscription;
import org.osgi.annotation.versioning.ProviderType;

/** The passive datapath of a host: captures, follows and names the flows of network namespaces. */
@ProviderType
public interface Dataplane {
  /**
   * Watches a network namespace with the best backend there is, until the subscription is closed.
   * Where a capture fails it is opened again, with the next backend if need be.
   *
   * @param workloadId the owner of the flows
   * @throws io.sallyport.api.capture.CaptureException when the namespace has gone or no backend
   *     works
   */
  Subscription watch(String workloadId, CaptureTarget target, FlowObserver observer);

  /** How it does. Safe on any thread; a snapshot. */
  DataplaneStatus status();
}
