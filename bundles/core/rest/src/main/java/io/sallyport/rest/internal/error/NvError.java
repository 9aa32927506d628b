/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.error;

import io.sallyport.api.common.ErrorCode;

/** NeuVector's error codes, as far as they occur here, each with the HTTP status it comes with. */
public enum NvError {
  NOT_FOUND(1, 404, "URL not found"),
  METHOD_NOT_ALLOWED(2, 405, "Method not allowed"),
  UNAUTHORIZED(3, 401, "Authentication failed"),
  OP_NOT_ALLOWED(4, 400, "Operation not allowed"),
  TOO_MANY_LOGIN_USER(5, 429, "Too many login users"),
  INVALID_REQUEST(6, 400, "Request in wrong format"),
  OBJECT_NOT_FOUND(7, 404, "Object not found"),
  NOT_ENOUGH_FILTER(12, 400, "More search criteria required"),
  DUPLICATE_NAME(13, 400, "Duplicate name"),
  WEAK_PASSWORD(14, 400, "Password is weak"),
  ENFORCER(21, 500, "Enforcer error"),
  WORKLOAD_NOT_RUNNING(22, 400, "Container not running"),
  OBJECT_ACCESS_DENIED(25, 403, "Object access denied"),
  USER_LOGIN_BLOCKED(47, 403, "Temporarily blocked because of too many login failures"),
  SERVER(55, 500, "Server Error");

  private final int code;
  private final int status;
  private final String text;

  NvError(int code, int status, String text) {
    this.code = code;
    this.status = status;
    this.text = text;
  }

  /** The number in the body. */
  public int code() {
    return code;
  }

  /** The HTTP status it usually comes with. */
  public int status() {
    return status;
  }

  /** The error of one of Sallyport's. */
  public static NvError of(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND -> OBJECT_NOT_FOUND;
      case INVALID_REQUEST -> INVALID_REQUEST;
      case DUPLICATE -> DUPLICATE_NAME;
      case UNAUTHENTICATED -> UNAUTHORIZED;
      case ACCESS_DENIED -> OBJECT_ACCESS_DENIED;
      case LOGIN_BLOCKED -> USER_LOGIN_BLOCKED;
      case WEAK_PASSWORD -> WEAK_PASSWORD;
      case WORKLOAD_NOT_RUNNING -> WORKLOAD_NOT_RUNNING;
      case UNSUPPORTED, LIMIT -> OP_NOT_ALLOWED;
      case ENFORCER -> ENFORCER;
      case INTERNAL -> SERVER;
    };
  }

  /** The body: what kind of error, and what exactly is wrong. */
  public ErrorBody body(String message) {
    return new ErrorBody(code, text, message.isEmpty() ? text : message);
  }
}
