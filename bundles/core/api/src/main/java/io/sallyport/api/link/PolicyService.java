/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.common.Subscription;
import org.osgi.annotation.versioning.ProviderType;

/** Policy comes down. The controller offers it; a node subscribes. */
@ProviderType
public interface PolicyService {
  /**
   * Follows the policy of a node: the whole of it at once, then again whenever it changes, always
   * the newest; what came between may be left out.
   */
  Subscription follow(String nodeId, PolicyListener listener);

  /** Takes policies. */
  @FunctionalInterface
  interface PolicyListener {
    /** The policy that is to be in force from now on. Must not block. */
    void policy(NodePolicy policy);
  }
}
