/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import org.jspecify.annotations.Nullable;

/** A capture cannot be opened or has failed; the message says whose and why. */
public class CaptureException extends SallyportException {
  private static final long serialVersionUID = 1L;

  /** With the reason in one line. */
  public CaptureException(String message, @Nullable Throwable cause) {
    super(ErrorCode.ENFORCER, message, cause);
  }
}
