/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import io.sallyport.itest.harness.Command;
import io.sallyport.itest.harness.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Builds plugins as a third party does: a folder with one class and one pom, and Maven. */
final class Plugins {
  private Plugins() {}

  /** Makes the api known to Maven, which is the first step of the plugin author's guide. */
  private static void installApi(World world) {
    Path jar = Path.of(System.getProperty("sallyport.api"));
    if (!jar.startsWith(world.sources())) {
      return; // it came from Maven's own repository
    }
    Path pom = world.sources().resolve("bundles/core/api/pom.xml");
    maven("install:install-file").with("-Dfile=" + jar, "-DpomFile=" + pom).run().orThrow();
    for (String parent : new String[] {"pom.xml", "bundles/pom.xml"}) {
      Path file = world.sources().resolve(parent);
      maven("install:install-file")
          .with("-Dfile=" + file, "-DpomFile=" + file, "-Dpackaging=pom")
          .run()
          .orThrow();
    }
  }

  /** The example of the guide, built where it is copied to. */
  static Path memcached(World world) {
    return build(world, "parser-memcached", "com/example/memcached/MemcachedParser.java", null);
  }

  /** A plugin of one class under {@code src/test/plugins}, with the example's pom. */
  static Path fixture(World world, String name, String className) {
    Path source =
        world.sources().resolve("itests/node/src/test/plugins").resolve(className + ".java");
    return build(world, name, "com/example/fixture/" + className + ".java", source);
  }

  private static Path build(
      World world, String name, String file, @org.jspecify.annotations.Nullable Path source) {
    installApi(world);
    Path example = world.sources().resolve("examples/parser-memcached");
    Path folder = TestRun.current().newFolder("plugin");
    try {
      String pom = Files.readString(example.resolve("pom.xml"));
      Files.writeString(
          folder.resolve("pom.xml"),
          pom.replace("<artifactId>parser-memcached<", "<artifactId>" + name + "<"));
      Path target = folder.resolve("src/main/java").resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(source == null ? example.resolve("src/main/java").resolve(file) : source, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    maven("package").with("-f", folder.resolve("pom.xml").toString()).run().orThrow();
    return folder.resolve("target/" + name + "-1.0.0.jar");
  }

  private static Command maven(String goal) {
    String home = System.getProperty("maven.home", "");
    String program = home.isEmpty() ? "mvn" : Path.of(home, "bin", "mvn").toString();
    return Command.of(program, "-B", "-q", goal)
        .env("JAVA_HOME", System.getProperty("java.home"))
        .within(Duration.ofMinutes(5));
  }
}
