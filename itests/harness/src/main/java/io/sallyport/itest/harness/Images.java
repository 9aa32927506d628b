/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The images of {@code demo/recipes}: built from Debian packages at the first use, then cached. */
final class Images {
  /** The first build downloads and unpacks packages. */
  private static final Duration BUILD = Duration.ofMinutes(10);

  private Images() {}

  static String reference(String name) {
    return "sallyport/" + name + ":latest";
  }

  /** The read-only folders of the image's layers, as {@code lowerdir} of an overlay mount. */
  static String lowerFolders(String name) {
    return Repository.script("images", "unpacked", name).within(BUILD).output();
  }

  static void loadIntoDocker(String name, String host) {
    Repository.script("images", "load", name)
        .env("DOCKER_HOST", host)
        .within(BUILD)
        .run()
        .orThrow();
  }

  static void importIntoContainerd(String name, Path socket, String namespace) {
    String script = Repository.root().resolve("demo/images").toString();
    Command.of(
            "bash",
            "-c",
            "set -o pipefail; \"$1\" archive \"$2\" | ctr -a \"$3\" -n \"$4\" images import -",
            "import",
            script,
            name,
            socket.toString(),
            namespace)
        .within(BUILD)
        .run()
        .orThrow();
  }

  /** What the image runs when nothing else is said. */
  static List<String> command(String name) {
    return strings(description(name).path("Cmd"));
  }

  /** Its environment, as {@code NAME=value}. */
  static List<String> environment(String name) {
    return strings(description(name).path("Env"));
  }

  private static JsonNode description(String name) {
    Path file = Repository.root().resolve("demo/recipes").resolve(name).resolve("config.json");
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new HarnessException("no image " + name + ": " + e.getMessage(), e);
    }
  }

  private static List<String> strings(JsonNode array) {
    List<String> all = new ArrayList<>();
    array.forEach(element -> all.add(element.asText()));
    return all;
  }
}
