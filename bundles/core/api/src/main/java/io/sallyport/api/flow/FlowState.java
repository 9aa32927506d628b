/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

/** How far a flow is. */
public enum FlowState {
  /** Only one side has been heard. */
  OPENING,
  /** Both sides have been heard. */
  ESTABLISHED,
  /** It has ended: closed, reset, or silent for too long. */
  CLOSED
}
