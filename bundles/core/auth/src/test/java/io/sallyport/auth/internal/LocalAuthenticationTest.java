/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalAuthenticationTest {
  private static final String CLIENT = "10.0.0.9";

  @TempDir private Path home;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private LocalAuthentication authentication;

  @BeforeEach
  void open() {
    authentication = reopened(null);
  }

  @Test
  void firstPasswordIsGeneratedStrongAndForTheOwnerAlone() throws IOException {
    String password = initialPassword();

    assertThat(password).hasSize(20).doesNotContainPattern("[0O1lI]");
    assertThat(permissions("initial-password")).isEqualTo("rw-------");
    assertThat(permissions("users")).isEqualTo("rw-------");
    assertThat(Files.readString(home.resolve("users")))
        .contains("pbkdf2-sha512$210000$")
        .doesNotContain(password);
  }

  @Test
  void loginGivesSessionWithNeuVectorsTimeout() throws IOException {
    UserSession session = login(initialPassword());

    assertThat(session.token()).hasSize(43);
    assertThat(session.timeoutSeconds()).isEqualTo(300);
    assertThat(session.defaultPassword()).isTrue();
    assertThat(session.lastLogin()).isEqualTo(Instant.EPOCH);
    assertThat(session.mayWrite()).isTrue();
    assertThat(session.toString()).doesNotContain(session.token());
    assertThat(authentication.session(session.token())).isEqualTo(session);
  }

  @Test
  void usersOutliveRestartAndTheInitialPasswordIsNotMadeAgain() throws IOException {
    String password = initialPassword();
    login(password);
    Files.delete(home.resolve("initial-password"));

    authentication = reopened(null);

    UserSession session = login(password);
    assertThat(session.loginCount()).isEqualTo(1);
    assertThat(session.lastLogin()).isEqualTo(now);
    assertThat(home.resolve("initial-password")).doesNotExist();
  }

  @Test
  void wrongPasswordAndUnknownUserAreTheSameError() {
    fails(() -> login("wrong"), ErrorCode.UNAUTHENTICATED);
    fails(
        () -> authentication.login("nobody", "wrong".toCharArray(), null, CLIENT),
        ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void fiveFailuresBlockTheUserFromThatAddressForAWhile() throws IOException {
    String password = initialPassword();
    for (int i = 0; i < 5; i++) {
      fails(() -> login("wrong"), ErrorCode.UNAUTHENTICATED);
    }

    fails(() -> login(password), ErrorCode.LOGIN_BLOCKED);
    assertThat(authentication.login("admin", password.toCharArray(), null, "10.0.0.10"))
        .isNotNull();

    now = now.plus(Duration.ofMinutes(5));
    assertThat(login(password)).isNotNull();
  }

  @Test
  void sessionSlidesWithUseButNotWithLooking() throws IOException {
    String token = login(initialPassword()).token();
    now = now.plusSeconds(299);
    assertThat(authentication.session(token)).isNotNull();
    now = now.plusSeconds(299);
    assertThat(authentication.alive(token)).isTrue();
    now = now.plusSeconds(1);
    assertThat(authentication.alive(token)).isFalse();
    assertThat(authentication.session(token)).isNull();
  }

  @Test
  void sessionEndsAfterSixHoursHoweverBusy() throws IOException {
    String token = login(initialPassword()).token();
    Instant end = now.plus(Duration.ofHours(6));
    while (now.plusSeconds(200).isBefore(end)) {
      now = now.plusSeconds(200);
      assertThat(authentication.session(token)).isNotNull();
    }
    now = end;
    assertThat(authentication.session(token)).isNull();
  }

  @Test
  void logoutEndsTheSession() throws IOException {
    String token = login(initialPassword()).token();
    authentication.logout(token);
    authentication.logout("unknown");
    assertThat(authentication.session(token)).isNull();
  }

  @Test
  void newPasswordReplacesTheOldOneAndEndsOtherSessions() throws IOException {
    String old = initialPassword();
    String other = login(old).token();

    UserSession session =
        authentication.login("admin", old.toCharArray(), "Better-Pass-9".toCharArray(), CLIENT);

    assertThat(session.defaultPassword()).isFalse();
    assertThat(authentication.alive(other)).isFalse();
    assertThat(home.resolve("initial-password")).doesNotExist();
    fails(() -> login(old), ErrorCode.UNAUTHENTICATED);
    assertThat(login("Better-Pass-9")).isNotNull();
  }

  @Test
  void weakNewPasswordIsRefusedAndChangesNothing() throws IOException {
    String old = initialPassword();
    for (String weak : new String[] {"short1A", "alllowercase1", "ALLUPPERCASE1", "NoDigitsHere"}) {
      fails(
          () -> authentication.login("admin", old.toCharArray(), weak.toCharArray(), CLIENT),
          ErrorCode.WEAK_PASSWORD);
    }
    fails(
        () -> authentication.login("admin", old.toCharArray(), old.toCharArray(), CLIENT),
        ErrorCode.WEAK_PASSWORD);
    assertThat(login(old)).isNotNull();
  }

  @Test
  void presetPasswordIsUsedInsteadOfAGeneratedOne(@TempDir Path other) throws IOException {
    Path preset = Files.writeString(other.resolve("password"), "Preset-Pass-7\n");
    home = other.resolve("home");

    authentication = reopened(preset.toString());

    assertThat(login("Preset-Pass-7").defaultPassword()).isFalse();
    assertThat(home.resolve("initial-password")).doesNotExist();
  }

  @Test
  void presetPasswordThatIsWeakOrMissingIsAClearError(@TempDir Path other) throws IOException {
    Path weak = Files.writeString(other.resolve("password"), "weak");
    home = other.resolve("home");

    fails(() -> reopened(weak.toString()), ErrorCode.WEAK_PASSWORD);
    assertThatThrownBy(() -> reopened(other.resolve("none").toString()))
        .hasMessageContaining("SALLYPORT_ADMIN_PASSWORD_FILE");
  }

  @Test
  void damagedUsersFileIsNamedAndLeftAlone() throws IOException {
    Files.writeString(home.resolve("users"), "admin:admin:nonsense\n");
    assertThatThrownBy(() -> reopened(null))
        .hasMessageContaining("users, line 1")
        .hasMessageContaining("6 fields");
    assertThat(home.resolve("users")).hasContent("admin:admin:nonsense");
  }

  @Test
  void idleTimeoutOutOfRangeIsAClearError() {
    assertThatThrownBy(() -> new LocalAuthentication(home, null, 5, () -> now))
        .hasMessageContaining("idle.timeout");
  }

  private LocalAuthentication reopened(@Nullable String preset) {
    InstantSource clock = () -> now;
    return new LocalAuthentication(home, preset, 300, clock);
  }

  private UserSession login(String password) {
    return authentication.login("admin", password.toCharArray(), null, CLIENT);
  }

  private String initialPassword() throws IOException {
    return Files.readString(home.resolve("initial-password")).strip();
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(file)));
  }

  private static void fails(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SallyportException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
