/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where Sallyport keeps what must outlive it: the system property {@code sallyport.home}, else the
 * environment's {@code SALLYPORT_HOME}, else {@code /var/lib/sallyport}. Safe on any thread.
 */
public final class HomeDirectory {
  private HomeDirectory() {}

  /** The directory; it need not exist yet. */
  public static Path path() {
    String property = System.getProperty("sallyport.home", "");
    if (!property.isEmpty()) {
      return Path.of(property).toAbsolutePath();
    }
    String environment = System.getenv().getOrDefault("SALLYPORT_HOME", "");
    return Path.of(environment.isEmpty() ? "/var/lib/sallyport" : environment).toAbsolutePath();
  }

  /**
   * Replaces a file as a whole, readable for its owner alone: after a crash it holds either the old
   * bytes or the new. Directories above it are made, for the owner alone likewise.
   *
   * @throws IOException when it could not be written; the old file stands
   */
  public static void writePrivately(Path file, byte[] bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException("not a file: " + file);
    }
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path beside = Files.createTempFile(directory, "." + file.getFileName(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(beside, Set.of(StandardOpenOption.WRITE))) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
