/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import org.jspecify.annotations.Nullable;

/** An endpoint cannot be watched; the message names it and says why. */
public class WorkloadSourceException extends SallyportException {
  private static final long serialVersionUID = 1L;

  /** With the reason in one line. */
  public WorkloadSourceException(String message, @Nullable Throwable cause) {
    super(ErrorCode.ENFORCER, message, cause);
  }
}
