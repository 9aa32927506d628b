/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import org.jspecify.annotations.Nullable;

/** This host has no libbpf, or one that is too old. The message says what to install. */
public final class BpfUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BpfUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
