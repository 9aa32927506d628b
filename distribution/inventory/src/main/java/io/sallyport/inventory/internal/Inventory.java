/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import io.sallyport.inventory.internal.Part.Coordinates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an assembled distribution: the repository in {@code system} and the jars in {@code lib}.
 */
final class Inventory {
  private static final String SYSTEM = "system";
  private static final String LIB = "lib";
  private static final String JAR = ".jar";

  private final Path root;

  Inventory(Path root) {
    this.root = root;
  }

  /** Every file, in the order of their paths. */
  List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (String folder : List.of(LIB, SYSTEM)) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files.filter(Files::isRegularFile).map(this::read).forEach(parts::add);
      }
    }
    parts.sort(Comparator.comparing(Part::place));
    return parts;
  }

  private Part read(Path file) {
    try {
      Path relative = root.relativize(file);
      Coordinates known = relative.startsWith(SYSTEM) ? fromRepository(relative) : null;
      return part(relative.toString(), Files.readAllBytes(file), known);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** In a repository the path says what a file is: group/artifact/version/file. */
  private static @Nullable Coordinates fromRepository(Path relative) {
    int names = relative.getNameCount();
    if (names < 5) {
      return null;
    }
    return new Coordinates(
        relative.subpath(1, names - 3).toString().replace('/', '.'),
        relative.getName(names - 3).toString(),
        relative.getName(names - 2).toString());
  }

  private static Part part(String place, byte[] bytes, @Nullable Coordinates known)
      throws IOException {
    if (!place.endsWith(JAR)) {
      return new Part(place, known, sha256(bytes), null, List.of());
    }
    List<Part> inside = new ArrayList<>();
    List<Coordinates> named = new ArrayList<>();
    String licence = null;
    try (ZipInputStream jar = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        String name = entry.getName();
        if (name.endsWith(JAR)) {
          inside.add(part(place + "!" + name, jar.readAllBytes(), null));
        } else if (name.equals("META-INF/MANIFEST.MF")) {
          licence = licence(jar);
        } else if (name.startsWith("META-INF/maven/") && name.endsWith("/pom.properties")) {
          named.add(coordinates(jar));
        }
      }
    }
    inside.sort(Comparator.comparing(Part::place));
    // A jar that names several was made of several and is none of them.
    Coordinates own = known == null && named.size() == 1 ? named.getFirst() : known;
    return new Part(place, own, sha256(bytes), licence, inside);
  }

  private static @Nullable String licence(ZipInputStream jar) throws IOException {
    Attributes headers = new Manifest(jar).getMainAttributes();
    return headers.getValue("Bundle-License");
  }

  private static Coordinates coordinates(ZipInputStream jar) throws IOException {
    Properties properties = new Properties();
    properties.load(jar);
    return new Coordinates(
        properties.getProperty("groupId", ""),
        properties.getProperty("artifactId", ""),
        properties.getProperty("version", ""));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
