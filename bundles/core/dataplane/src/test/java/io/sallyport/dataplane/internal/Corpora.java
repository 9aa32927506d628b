/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Captures that others made: in {@code SALLYPORT_CORPORA}, or beside the repository. */
final class Corpora {
  private Corpora() {}

  static List<Path> captures(String... folders) throws IOException {
    Path root = root();
    List<Path> files = new java.util.ArrayList<>();
    for (String folder : folders) {
      Path path = root.resolve(folder);
      if (Files.isDirectory(path)) {
        try (Stream<Path> found = Files.walk(path)) {
          found
              .filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap|trace)"))
              .filter(Files::isRegularFile)
              .sorted()
              .forEach(files::add);
        }
      }
    }
    if (files.isEmpty()) {
      abort("no captures below " + root + ": set SALLYPORT_CORPORA");
    }
    return files;
  }

  private static Path root() {
    String named = System.getProperty("SALLYPORT_CORPORA", System.getenv("SALLYPORT_CORPORA"));
    if (named != null) {
      return Path.of(named);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path beside = at.resolve("shared/corpora");
      if (Files.isDirectory(beside)) {
        return beside;
      }
    }
    return abort("no folder shared/corpora beside the repository: set SALLYPORT_CORPORA");
  }
}
