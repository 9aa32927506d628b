/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Refuses logins after too many failures: of one user from one address, or of any users from one
 * address. An attempt counts as failed from its beginning, so that many at once gain nothing. Safe
 * on any thread; bounded.
 */
final class LoginGuard {
  private static final int FAILURES_OF_USER = 5;
  private static final int FAILURES_OF_ADDRESS = 25;
  private static final Duration BLOCK = Duration.ofMinutes(5);
  private static final int MAX_KEYS = 10_000;

  private final InstantSource clock;
  // In order of the last failure, so that the eldest goes first.
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  LoginGuard(InstantSource clock) {
    this.clock = clock;
  }

  /** Notes an attempt; throws LOGIN_BLOCKED when there have been too many. */
  synchronized void attempt(String user, String address) {
    Instant now = clock.instant();
    refuse(userKey(user, address), FAILURES_OF_USER, now);
    refuse(address, FAILURES_OF_ADDRESS, now);
    count(userKey(user, address), 1, now);
    count(address, 1, now);
  }

  /** Takes the attempt back: it was no failure. */
  synchronized void succeeded(String user, String address) {
    failures.remove(userKey(user, address));
    count(address, -1, clock.instant());
  }

  private void refuse(String key, int limit, Instant now) {
    Failures known = failures.get(key);
    if (known == null) {
      return;
    }
    Duration left = Duration.between(now, known.last().plus(BLOCK));
    if (left.isNegative() || left.isZero()) {
      failures.remove(key);
    } else if (known.count() >= limit) {
      throw new SallyportException(
          ErrorCode.LOGIN_BLOCKED,
          "Too many failed logins. Try again in "
              + Math.max(1, left.plusSeconds(59).toMinutes())
              + " min.");
    }
  }

  private void count(String key, int change, Instant now) {
    Failures known = failures.getOrDefault(key, new Failures(0, now));
    failures.put(key, new Failures(Math.max(0, known.count() + change), now));
  }

  /** An address can hold no line feed, so the two cannot be mistaken for another pair. */
  private static String userKey(String user, String address) {
    return user + "\n" + address;
  }

  private record Failures(int count, Instant last) {}
}
