/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.auth.UserSession;
import io.sallyport.api.common.SallyportException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionTableTest {
  private Instant now = Instant.EPOCH;
  private final SessionTable table =
      new SessionTable(() -> now, new SecureRandom(), Duration.ofMinutes(5));

  @Test
  void aUsersSessionsAreBoundedAndExpiredOnesMakeRoom() {
    for (int i = 0; i < SessionTable.MAX_PER_USER; i++) {
      open("admin");
    }
    assertThatThrownBy(() -> open("admin"))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("Too many sessions");
    assertThat(open("other")).isNotNull();

    now = now.plusSeconds(300);
    assertThat(open("admin")).isNotNull();
  }

  @Test
  void allUsersTogetherAreBounded() {
    for (int i = 0; i < SessionTable.MAX; i++) {
      open("user" + i);
    }
    assertThatThrownBy(() -> open("one-more")).isInstanceOf(SallyportException.class);
  }

  private UserSession open(String user) {
    return table.open(
        user, token -> new UserSession(token, user, user, "admin", 300, false, Instant.EPOCH, 0));
  }
}
