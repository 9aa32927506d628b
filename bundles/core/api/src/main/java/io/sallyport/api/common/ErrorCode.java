/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

/** The kinds of error a user meets. Where NeuVector has a code for it, REST answers with that. */
public enum ErrorCode {
  /** What was asked for does not exist. */
  NOT_FOUND,
  /** What was given cannot be understood or is out of range. */
  INVALID_REQUEST,
  /** A name is in use already. */
  DUPLICATE,
  /** Name or password is wrong, or the session has ended. */
  UNAUTHENTICATED,
  /** The user may not do this. */
  ACCESS_DENIED,
  /** Too many failed logins; try again later. */
  LOGIN_BLOCKED,
  /** The password does not meet the rules. */
  WEAK_PASSWORD,
  /** The container is not running. */
  WORKLOAD_NOT_RUNNING,
  /** This host or this node cannot do it; the message says what is missing. */
  UNSUPPORTED,
  /** A limit is reached; the message names it. */
  LIMIT,
  /** The enforcer could not do it. */
  ENFORCER,
  /** Something failed that should not have; the log has more. */
  INTERNAL
}
