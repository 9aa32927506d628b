/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellLoginTest {
  @TempDir private Path home;
  private final Subject subject = new Subject();

  @Test
  void adminGetsKarafsRoles() throws IOException, LoginException {
    ShellLogin login = login(null);

    assertThat(login.login()).isTrue();
    assertThat(login.commit()).isTrue();
    assertThat(subject.getPrincipals())
        .extracting(Principal::getName)
        .containsExactlyInAnyOrder("admin", "admin", "manager", "viewer", "systembundles", "ssh");

    login.logout();
    assertThat(subject.getPrincipals()).isEmpty();
  }

  @Test
  void wrongPasswordIsRefused() throws IOException {
    ShellLogin login = login("wrong");
    assertThatThrownBy(login::login).isInstanceOf(FailedLoginException.class);
    assertThat(login.commit()).isFalse();
    assertThat(subject.getPrincipals()).isEmpty();
  }

  private ShellLogin login(@org.jspecify.annotations.Nullable String password) throws IOException {
    LocalAuthentication authentication =
        new LocalAuthentication(home, null, 300, InstantSource.system());
    String right = Files.readString(home.resolve("initial-password")).strip();
    ShellLogin login = new ShellLogin();
    login.initialize(
        subject,
        callbacks -> {
          for (Callback callback : callbacks) {
            if (callback instanceof NameCallback name) {
              name.setName("admin");
            } else if (callback instanceof PasswordCallback secret) {
              secret.setPassword((password == null ? right : password).toCharArray());
            }
          }
        },
        Map.of(),
        Map.of(ShellLogin.AUTHENTICATION, authentication));
    return login;
  }
}
