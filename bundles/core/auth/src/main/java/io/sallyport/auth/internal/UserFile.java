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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The users, in memory and in a file that only the owner can read. Safe on any thread. */
final class UserFile {
  private final Path file;
  private final Map<String, User> users = new LinkedHashMap<>();

  private UserFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the file; no users when it does not exist yet.
   *
   * @throws SallyportException when it cannot be read or understood; it is not touched then
   */
  static UserFile open(Path file) {
    UserFile opened = new UserFile(file);
    if (!Files.exists(file)) {
      return opened;
    }
    int number = 0;
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        number++;
        User user = User.parse(line);
        opened.users.put(user.name(), user);
      }
    } catch (IOException e) {
      throw broken(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw broken(
          file
              + ", line "
              + number
              + " is damaged: "
              + e.getMessage()
              + ". Remove the file to"
              + " begin anew with a generated password.",
          e);
    }
    return opened;
  }

  synchronized boolean empty() {
    return users.isEmpty();
  }

  synchronized @Nullable User find(String name) {
    return users.get(name);
  }

  /** Adds or replaces a user, on disk first. */
  synchronized void put(User user) {
    Map<String, User> changed = new LinkedHashMap<>(users);
    changed.put(user.name(), user);
    List<String> lines = changed.values().stream().map(User::line).toList();
    try {
      HomeDirectory.writePrivately(
          file,
          lines.stream()
              .collect(Collectors.joining("\n", "", "\n"))
              .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw broken(file + " cannot be written: " + e.getMessage(), e);
    }
    users.put(user.name(), user);
  }

  private static SallyportException broken(String message, Exception cause) {
    return new SallyportException(ErrorCode.INTERNAL, message, cause);
  }
}
