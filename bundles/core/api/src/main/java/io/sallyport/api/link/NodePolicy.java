/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import java.util.List;

/**
 * What a node is to do.
 *
 * @param epoch one more with each change
 * @param captures the packet captures that are to run; one that is missing is to end
 */
public record NodePolicy(long epoch, List<CaptureOrder> captures) {
  /** Copies the list. */
  public NodePolicy {
    captures = List.copyOf(captures);
  }
}
