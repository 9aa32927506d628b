/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.auth.internal;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.SallyportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the first user, {@code admin}, where there are none. */
final class InitialPassword {
  static final String FILE = "initial-password";
  private static final Logger LOG = LoggerFactory.getLogger(InitialPassword.class);
  private static final String USER = "admin";

  private final Path home;
  private final @Nullable Path preset;
  private final SecureRandom random;

  InitialPassword(Path home, @Nullable Path preset, SecureRandom random) {
    this.home = home;
    this.preset = preset;
    this.random = random;
  }

  /**
   * Does nothing when there are users.
   *
   * @throws SallyportException when the preset password cannot be read or is too weak
   */
  void provide(UserFile users) {
    if (!users.empty()) {
      return;
    }
    char[] password = preset == null ? PasswordRules.generate(random) : presetPassword(preset);
    try {
      if (preset == null) {
        // Before the user, so that a crash in between leaves no user whose password nobody knows.
        Path file = home.resolve(FILE);
        HomeDirectory.writePrivately(
            file, (new String(password) + "\n").getBytes(StandardCharsets.UTF_8));
        LOG.info("The password of user {} was generated; it is in {}", USER, file);
      }
      PasswordHash hash = PasswordHash.of(password, random);
      users.put(new User(USER, "admin", hash, preset == null, Instant.EPOCH, 0));
    } catch (IOException e) {
      throw new SallyportException(
          ErrorCode.INTERNAL, "The first password cannot be written to " + home + ": " + e, e);
    } finally {
      PasswordRules.wipe(password);
    }
  }

  /** The file has served once the password is another. */
  void forget() {
    try {
      Files.deleteIfExists(home.resolve(FILE));
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", home.resolve(FILE), e.toString());
    }
  }

  private static char[] presetPassword(Path file) {
    try {
      char[] password = Files.readString(file).strip().toCharArray();
      PasswordRules.check(USER, password);
      return password;
    } catch (IOException e) {
      throw new SallyportException(
          ErrorCode.INVALID_REQUEST,
          "SALLYPORT_ADMIN_PASSWORD_FILE names " + file + ", which cannot be read: " + e,
          e);
    }
  }
}
