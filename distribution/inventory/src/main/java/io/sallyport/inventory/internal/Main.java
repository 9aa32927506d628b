/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import io.sallyport.inventory.internal.Part.Coordinates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks an assembled distribution against its lock and writes its SBOM into it. Arguments: the
 * distribution's folder, the lock file, the SBOM file, group, artifact, version, the build's time,
 * and {@code check} or {@code update}.
 */
public final class Main {

  private Main() {}

  /** Fails the build by an exception that says what differs. */
  public static void main(String[] args) throws IOException {
    List<Part> parts = new Inventory(Path.of(args[0])).parts();
    Path lockFile = Path.of(args[1]);
    Lock found = Lock.of(parts);
    if (args[7].equals("update")) {
      found.write(lockFile);
    } else {
      check(Lock.read(lockFile), found, lockFile);
    }
    new Sbom(new Coordinates(args[3], args[4], args[5]), args[6]).write(parts, Path.of(args[2]));
  }

  private static void check(Lock locked, Lock found, Path lockFile) {
    List<String> differences = locked.differences(found);
    if (!differences.isEmpty()) {
      throw new IllegalStateException(
          "Third-party files differ from "
              + lockFile
              + ". If that is wanted, build once with -Dlock=update and commit the file.\n  "
              + String.join("\n  ", differences));
    }
  }
}
