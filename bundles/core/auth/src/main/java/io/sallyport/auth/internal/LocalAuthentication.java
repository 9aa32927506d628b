/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.SallyportException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Users of Sallyport's own, in a file under its home directory. */
@Component(configurationPid = "io.sallyport.auth")
public final class LocalAuthentication implements Authentication {
  private static final Logger AUDIT = LoggerFactory.getLogger("io.sallyport.audit");
  private static final int MIN_IDLE = 30;
  private static final int MAX_IDLE = 3_600;

  /** etc/io.sallyport.auth.cfg. */
  @interface Settings {
    /** Seconds that a session lives unused, 30 to 3,600. */
    int idle_timeout() default 300;
  }

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final UserFile users;
  private final InitialPassword initial;
  private final LoginGuard guard;
  private final SessionTable sessions;
  private final int idleSeconds;
  // Takes the time of a real one, so that nobody learns which names exist.
  private final PasswordHash nobody;
  // A hash costs a fifth of a second: so many at once, and no more.
  private final Semaphore hashing = new Semaphore(2);

  /** Opens the users' file; makes the first user where there is none. */
  @Activate
  public LocalAuthentication(Settings settings) {
    this(
        HomeDirectory.path(),
        System.getenv("SALLYPORT_ADMIN_PASSWORD_FILE"),
        settings.idle_timeout(),
        InstantSource.system());
  }

  LocalAuthentication(Path home, @Nullable String preset, int idleSeconds, InstantSource clock) {
    if (idleSeconds < MIN_IDLE || idleSeconds > MAX_IDLE) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST,
          "etc/io.sallyport.auth.cfg: idle.timeout must be between 30 and 3600 seconds, not "
              + idleSeconds,
          "idle.timeout",
          null);
    }
    this.clock = clock;
    this.idleSeconds = idleSeconds;
    this.users = UserFile.open(home.resolve("users"));
    Path presetFile = preset == null || preset.isEmpty() ? null : Path.of(preset);
    this.initial = new InitialPassword(home, presetFile, random);
    this.guard = new LoginGuard(clock);
    this.sessions = new SessionTable(clock, random, Duration.ofSeconds(idleSeconds));
    this.nobody = PasswordHash.of(PasswordRules.generate(random), random);
    initial.provide(users);
  }

  @Override
  public UserSession login(
      String user, char[] password, char @Nullable [] newPassword, String clientAddress) {
    guard.attempt(user, clientAddress);
    User known = users.find(user);
    if (!hashed(() -> (known == null ? nobody : known.password()).matches(password))
        || known == null) {
      audit("login failed", user, clientAddress);
      throw new SallyportException(ErrorCode.UNAUTHENTICATED, "User or password is wrong.");
    }
    guard.succeeded(user, clientAddress);
    User current = newPassword == null ? known : changed(known, newPassword, clientAddress);
    UserSession session = sessions.open(user, token -> session(token, current));
    users.put(current.loggedIn(clock.instant()));
    audit("login", user, clientAddress);
    return session;
  }

  @Override
  public @Nullable UserSession session(String token) {
    return sessions.find(token, true);
  }

  @Override
  public boolean alive(String token) {
    return sessions.find(token, false) != null;
  }

  @Override
  public void logout(String token) {
    UserSession ended = sessions.close(token);
    if (ended != null) {
      audit("logout", ended.user(), "");
    }
  }

  private User changed(User user, char[] password, String clientAddress) {
    PasswordRules.check(user.name(), password);
    if (hashed(() -> user.password().matches(password))) {
      throw new SallyportException(
          ErrorCode.WEAK_PASSWORD,
          "The new password is the old one. Choose another.",
          "new_password",
          null);
    }
    User changed = user.withPassword(hashed(() -> PasswordHash.of(password, random)));
    users.put(changed);
    // Whoever knew the old password is out.
    sessions.closeAll(user.name());
    initial.forget();
    audit("password changed", user.name(), clientAddress);
    return changed;
  }

  private UserSession session(String token, User user) {
    return new UserSession(
        token,
        user.name(),
        user.name(),
        user.role(),
        idleSeconds,
        user.generated(),
        user.lastLogin(),
        user.loginCount());
  }

  private <T> T hashed(java.util.function.Supplier<T> work) {
    boolean admitted = false;
    try {
      admitted = hashing.tryAcquire(10, TimeUnit.SECONDS);
      if (admitted) {
        return work.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (admitted) {
        hashing.release();
      }
    }
    throw new SallyportException(ErrorCode.LIMIT, "Too many logins at once. Try again.");
  }

  private static void audit(String what, String user, String clientAddress) {
    AUDIT.info("{}: user={} address={}", what, printable(user), printable(clientAddress));
  }

  /** Names come from outside: nothing in them may look like another line of the log. */
  private static String printable(String text) {
    String head = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return head.replaceAll("[^\\x21-\\x7e…]", "?");
  }
}
