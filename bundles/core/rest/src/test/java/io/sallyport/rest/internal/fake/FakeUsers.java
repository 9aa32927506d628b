/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.fake;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Users {@code admin} and {@code reader}, each with the password {@code secret}. */
public final class FakeUsers implements Authentication {
  private final Map<String, UserSession> sessions = new ConcurrentHashMap<>();

  @Override
  public UserSession login(
      String user, char[] password, char @Nullable [] newPassword, String clientAddress) {
    if (user.equals("blocked")) {
      throw new SallyportException(ErrorCode.LOGIN_BLOCKED, "Too many failed logins.");
    }
    if (newPassword != null) {
      throw new SallyportException(ErrorCode.WEAK_PASSWORD, "The password is too weak.");
    }
    if (!new String(password).equals("secret")) {
      throw new SallyportException(ErrorCode.UNAUTHENTICATED, "User or password is wrong.");
    }
    UserSession session =
        new UserSession("token-of-" + user, user, user, user, 300, true, Instant.EPOCH, 0);
    sessions.put(session.token(), session);
    return session;
  }

  @Override
  public @Nullable UserSession session(String token) {
    return sessions.get(token);
  }

  @Override
  public boolean alive(String token) {
    return sessions.containsKey(token);
  }

  @Override
  public void logout(String token) {
    sessions.remove(token);
  }
}
