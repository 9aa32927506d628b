/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import java.time.Instant;

/**
 * A user as kept on disk.
 *
 * @param generated whether the password is still the one that was generated
 */
record User(
    String name,
    String role,
    PasswordHash password,
    boolean generated,
    Instant lastLogin,
    int loginCount) {

  User withPassword(PasswordHash changed) {
    return new User(name, role, changed, false, lastLogin, loginCount);
  }

  User loggedIn(Instant now) {
    return new User(name, role, password, generated, now, loginCount + 1);
  }

  /** One line of the file. */
  String line() {
    return String.join(
        ":",
        name,
        role,
        generated ? "generated" : "chosen",
        Long.toString(lastLogin.getEpochSecond()),
        Integer.toString(loginCount),
        password.toString());
  }

  /**
   * Reads {@link #line}.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static User parse(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 6 || parts[0].isEmpty()) {
      throw new IllegalArgumentException("a line of 6 fields was expected");
    }
    return new User(
        parts[0],
        parts[1],
        PasswordHash.parse(parts[5]),
        parts[2].equals("generated"),
        Instant.ofEpochSecond(Long.parseLong(parts[3])),
        Integer.parseInt(parts[4]));
  }
}
