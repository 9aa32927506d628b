/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/** Something that a test stands on could not be made, started or reached. */
public final class HarnessException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what failed, and what it said. */
  public HarnessException(String message) {
    super(message);
  }

  /** With what failed, and why. */
  public HarnessException(String message, Throwable cause) {
    super(message, cause);
  }
}
