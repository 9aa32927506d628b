/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.auth;

import java.time.Instant;

/**
 * A user who is logged in.
 *
 * @param token the secret that stands for the session
 * @param user the user's name
 * @param fullName the name as NeuVector's clients want it
 * @param role {@code admin}, {@code reader}, or none
 * @param timeoutSeconds how long a session lives unused
 * @param defaultPassword whether the password is the one that was generated
 * @param lastLogin when the user had logged in before, the epoch if never
 * @param loginCount how often
 */
public record UserSession(
    String token,
    String user,
    String fullName,
    String role,
    int timeoutSeconds,
    boolean defaultPassword,
    Instant lastLogin,
    int loginCount) {
  /** Whether the user may change things. */
  public boolean mayWrite() {
    return role.equals("admin");
  }

  /** Without the token, which must not get into logs. */
  @Override
  public String toString() {
    return "UserSession[user=" + user + ", role=" + role + "]";
  }
}
