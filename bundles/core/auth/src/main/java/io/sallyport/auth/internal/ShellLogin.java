/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.SallyportException;
import java.io.IOException;
import java.security.Principal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** Lets Sallyport's users into Karaf's shell by ssh. Made by JAAS, once a login. */
public final class ShellLogin implements LoginModule {
  /** The option that carries the {@link Authentication}. */
  static final String AUTHENTICATION = "io.sallyport.authentication";

  private static final List<String> ADMIN =
      List.of("admin", "manager", "viewer", "systembundles", "ssh");
  private static final List<String> READER = List.of("viewer", "ssh");

  private @Nullable Subject subject;
  private @Nullable CallbackHandler handler;
  private @Nullable Authentication authentication;
  private final Set<Principal> principals = new HashSet<>();

  @Override
  public void initialize(
      Subject newSubject,
      CallbackHandler newHandler,
      Map<String, ?> sharedState,
      Map<String, ?> options) {
    subject = newSubject;
    handler = newHandler;
    authentication = (Authentication) options.get(AUTHENTICATION);
  }

  @Override
  public boolean login() throws LoginException {
    if (handler == null || authentication == null) {
      throw new LoginException("not initialized");
    }
    NameCallback name = new NameCallback("User: ");
    PasswordCallback password = new PasswordCallback("Password: ", false);
    try {
      handler.handle(new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      LoginException failed = new LoginException("a name and a password are needed");
      failed.initCause(e);
      throw failed;
    }
    String user = name.getName();
    char[] secret = password.getPassword();
    if (user == null || secret == null) {
      throw new FailedLoginException("a name and a password are needed");
    }
    try {
      UserSession session = authentication.login(user, secret, null, "shell");
      // The shell has a session of its own.
      authentication.logout(session.token());
      principals.add(new UserPrincipal(session.user()));
      for (String role : session.mayWrite() ? ADMIN : READER) {
        principals.add(new RolePrincipal(role));
      }
      return true;
    } catch (SallyportException e) {
      LoginException failed = new FailedLoginException(e.getMessage());
      failed.initCause(e);
      throw failed;
    } finally {
      PasswordRules.wipe(secret);
      password.clearPassword();
    }
  }

  @Override
  public boolean commit() {
    if (subject == null || principals.isEmpty()) {
      return false;
    }
    subject.getPrincipals().addAll(principals);
    return true;
  }

  @Override
  public boolean abort() {
    principals.clear();
    return true;
  }

  @Override
  public boolean logout() {
    if (subject != null) {
      subject.getPrincipals().removeAll(principals);
    }
    principals.clear();
    return true;
  }
}
