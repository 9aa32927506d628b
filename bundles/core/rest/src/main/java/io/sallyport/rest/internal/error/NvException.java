/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.error;

/** An error for which Sallyport's own codes are too coarse. */
public final class NvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final NvError error;
  private final int status;

  /** With the status the error usually comes with. */
  public NvException(NvError error, String message) {
    this(error, error.status(), message);
  }

  /** With another status. */
  public NvException(NvError error, int status, String message) {
    super(message, null, false, false);
    this.error = error;
    this.status = status;
  }

  /** The kind of error. */
  public NvError error() {
    return error;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
