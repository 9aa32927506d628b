/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in. Tokens are 256 random bits and are looked up by their digest, so that the time
 * a look-up takes says nothing about them. Safe on any thread; bounded.
 */
final class SessionTable {
  static final int MAX_PER_USER = 32;
  static final int MAX = 1_000;
  private static final Duration LIFETIME = Duration.ofHours(6);

  private final InstantSource clock;
  private final SecureRandom random;
  private final Duration idle;
  private final Map<String, Entry> sessions = new HashMap<>();

  SessionTable(InstantSource clock, SecureRandom random, Duration idle) {
    this.clock = clock;
    this.random = random;
    this.idle = idle;
  }

  /** Begins a session; throws LIMIT while there are too many. */
  synchronized UserSession open(String user, Function<String, UserSession> maker) {
    Instant now = clock.instant();
    sessions.values().removeIf(entry -> entry.expired(now));
    long own = sessions.values().stream().filter(e -> e.session.user().equals(user)).count();
    if (own >= MAX_PER_USER || sessions.size() >= MAX) {
      throw new SallyportException(
          ErrorCode.LIMIT,
          "Too many sessions are open. Log out of one, or wait "
              + idle.toSeconds()
              + " s until unused ones have expired.");
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    UserSession session = maker.apply(token);
    sessions.put(digest(token), new Entry(session, now.plus(LIFETIME), now.plus(idle)));
    return session;
  }

  /** A living session, null otherwise. */
  synchronized @Nullable UserSession find(String token, boolean prolong) {
    Instant now = clock.instant();
    String key = digest(token);
    Entry entry = sessions.get(key);
    if (entry == null) {
      return null;
    }
    if (entry.expired(now)) {
      sessions.remove(key);
      return null;
    }
    if (prolong) {
      entry.idleEnd = now.plus(idle);
    }
    return entry.session;
  }

  synchronized @Nullable UserSession close(String token) {
    Entry entry = sessions.remove(digest(token));
    return entry == null ? null : entry.session;
  }

  /** Ends all sessions of a user. */
  synchronized void closeAll(String user) {
    sessions.values().removeIf(entry -> entry.session.user().equals(user));
  }

  private static String digest(String token) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static final class Entry {
    private final UserSession session;
    private final Instant end;
    private Instant idleEnd;

    private Entry(UserSession session, Instant end, Instant idleEnd) {
      this.session = session;
      this.end = end;
      this.idleEnd = idleEnd;
    }

    private boolean expired(Instant now) {
      return !now.isBefore(end) || !now.isBefore(idleEnd);
    }
  }
}
