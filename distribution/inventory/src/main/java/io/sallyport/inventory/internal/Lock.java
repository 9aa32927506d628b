/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import io.sallyport.inventory.internal.Part.Coordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checksums of everything in a distribution that others made. One line a file: checksum, two
 * spaces, place. A place holds no name of a server: it does not matter where a file came from.
 */
final class Lock {
  private static final String SEPARATOR = "  ";

  private final SortedMap<String, String> checksums;

  private Lock(SortedMap<String, String> checksums) {
    this.checksums = checksums;
  }

  static Lock of(List<Part> parts) {
    SortedMap<String, String> checksums = new TreeMap<>();
    for (Part part : parts) {
      if (part.own()) {
        inside(part, checksums);
      } else {
        checksums.put(part.place(), part.sha256());
      }
    }
    return new Lock(checksums);
  }

  /** Places in our own bundles do not name our version: a release changes nothing here. */
  private static void inside(Part bundle, Map<String, String> checksums) {
    Coordinates coordinates = Objects.requireNonNull(bundle.coordinates());
    for (Part part : bundle.parts()) {
      String place = coordinates.artifact() + part.place().substring(bundle.place().length());
      checksums.put(place, part.sha256());
    }
  }

  /** The lock in a file; an empty one if there is no such file. */
  static Lock read(Path file) throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        int at = line.indexOf(SEPARATOR);
        if (!line.startsWith("#") && at > 0) {
          checksums.put(line.substring(at + SEPARATOR.length()), line.substring(0, at));
        }
      }
    }
    return new Lock(checksums);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# SHA-256 of every third-party file in this distribution; the build checks them.");
    lines.add("# After a wanted change of versions: mvn install -Dlock=update");
    checksums.forEach((place, checksum) -> lines.add(checksum + SEPARATOR + place));
    Files.write(file, lines);
  }

  /** How what is found differs from this lock, a sentence each; empty if it does not. */
  List<String> differences(Lock found) {
    List<String> differences = new ArrayList<>();
    found.checksums.forEach(
        (place, checksum) -> {
          String locked = checksums.get(place);
          if (locked == null) {
            differences.add(place + " is not locked; its SHA-256 is " + checksum);
          } else if (!locked.equals(checksum)) {
            differences.add(place + " has SHA-256 " + checksum + ", but locked is " + locked);
          }
        });
    for (String place : checksums.keySet()) {
      if (!found.checksums.containsKey(place)) {
        differences.add(place + " is locked, but not there");
      }
    }
    return differences;
  }
}
