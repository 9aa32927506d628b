/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.auth;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Logs users in and knows their sessions. Safe on any thread. */
@ProviderType
public interface Authentication {
  /**
   * Logs in.
   *
   * @param newPassword replaces the password at the same time; null to keep it
   * @param clientAddress for the audit
   * @throws io.sallyport.api.common.SallyportException UNAUTHENTICATED, LOGIN_BLOCKED after too
   *     many failures, WEAK_PASSWORD for the new one, LIMIT while too many are logged in
   */
  UserSession login(
      String user, char[] password, char @Nullable [] newPassword, String clientAddress);

  /**
   * The session of a token; being asked keeps it alive.
   *
   * @return null when the token is unknown or has expired
   */
  @Nullable UserSession session(String token);

  /** Whether a session lives; unlike {@link #session}, asking does not prolong it. */
  boolean alive(String token);

  /** Ends a session. */
  void logout(String token);
}
