/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

/** Which way bytes go. The client is who opened the flow, or, mid-stream, who seems to have. */
public enum Direction {
  TO_SERVER,
  TO_CLIENT;

  /** The other way. */
  public Direction reverse() {
    return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
  }
}
