/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.auth.UserSession;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Who calls, as a resource finds it in the {@link SecurityContext}. */
public record Caller(UserSession session) implements SecurityContext, Principal {
  /** The caller of a request that needed a token. */
  static UserSession of(SecurityContext context) {
    if (context.getUserPrincipal() instanceof Caller caller) {
      return caller.session();
    }
    throw new IllegalStateException("a resource without @NoToken is called with a token only");
  }

  @Override
  public Principal getUserPrincipal() {
    return this;
  }

  @Override
  public boolean isUserInRole(String role) {
    return session.role().equals(role);
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String getAuthenticationScheme() {
    return "X-Auth-Token";
  }

  @Override
  public String getName() {
    return session.user();
  }
}
