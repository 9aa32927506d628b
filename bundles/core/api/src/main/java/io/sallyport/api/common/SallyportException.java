/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An error that a user can do something about. The message says what is wrong and what to do;
 * shell, REST and console show it as it stands, without a stack trace.
 */
public class SallyportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String field;

  /** An error that concerns no single field. */
  public SallyportException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  /** An error with its cause. */
  public SallyportException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, null, cause);
  }

  /** An error in one field of what the user gave. */
  public SallyportException(
      ErrorCode code, String message, @Nullable String field, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.field = field;
  }

  /** What is wrong and what to do, in one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNullElse(super.getMessage(), "");
  }

  /** The kind of error. */
  public ErrorCode code() {
    return code;
  }

  /** The field that is wrong, if it is one. */
  public @Nullable String field() {
    return field;
  }
}
