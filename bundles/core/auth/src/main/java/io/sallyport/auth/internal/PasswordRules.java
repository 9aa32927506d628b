/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** What a password must be like: NeuVector's default profile, and not the user's name. */
final class PasswordRules {
  private static final int MIN_LENGTH = 8;
  private static final int MAX_LENGTH = 128;
  private static final int GENERATED_LENGTH = 20;

  /** Without 0 O o, 1 l I, which are easily taken for one another. */
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

  private PasswordRules() {}

  /** Accepts the password, or throws WEAK_PASSWORD saying what it lacks. */
  static void check(String user, char[] password) {
    if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
      throw weak("It must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters.");
    }
    if (!any(password, Character::isUpperCase)
        || !any(password, Character::isLowerCase)
        || !any(password, Character::isDigit)) {
      throw weak("It must have a capital letter, a small letter and a digit.");
    }
    if (new String(password).equalsIgnoreCase(user)) {
      throw weak("It must not be the user's name.");
    }
  }

  /** A random password that meets the rules, of about 115 bits. */
  static char[] generate(SecureRandom random) {
    char[] password = new char[GENERATED_LENGTH];
    do {
      for (int i = 0; i < password.length; i++) {
        password[i] = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      }
    } while (!any(password, Character::isUpperCase)
        || !any(password, Character::isLowerCase)
        || !any(password, Character::isDigit));
    return password;
  }

  private static boolean any(char[] password, IntPredicate kind) {
    return new String(password).chars().anyMatch(kind);
  }

  /** Overwrites a password that is no longer needed. */
  static void wipe(char[] password) {
    Arrays.fill(password, '\0');
  }

  private static SallyportException weak(String reason) {
    return new SallyportException(
        ErrorCode.WEAK_PASSWORD, "The password is too weak. " + reason, "password", null);
  }
}
