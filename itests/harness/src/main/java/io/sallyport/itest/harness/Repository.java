/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that this test belongs to. */
final class Repository {
  private Repository() {}

  /** The folder with the script {@code sallyport}, searched upward from the working directory. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve("demo/runtime"))) {
        return folder;
      }
    }
    throw new HarnessException(
        "demo/runtime was not found in " + here + " or above; run tests inside the source tree");
  }

  static Command script(String name, String... arguments) {
    return Command.of(root().resolve("demo").resolve(name).toString()).with(arguments);
  }
}
