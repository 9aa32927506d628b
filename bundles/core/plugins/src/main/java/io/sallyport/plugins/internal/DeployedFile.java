/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;

/** Says of a file in deploy/ that has become no bundle why it has not. */
final class DeployedFile {
  private DeployedFile() {}

  /** Whether the file is one that others take care of: archives of features, configurations. */
  static boolean ofKaraf(Path file) {
    String name = name(file);
    return name.endsWith(".kar") || name.endsWith(".xml") || name.endsWith(".cfg");
  }

  /** Whether the file means nothing: hidden, or a note. */
  static boolean ignored(Path file) {
    String name = name(file);
    return name.startsWith(".") || name.startsWith("readme") || !Files.isRegularFile(file);
  }

  /** Why it is no bundle, and what to do. */
  static String problem(Path file) {
    if (!name(file).endsWith(".jar")) {
      return "it is neither a jar nor anything else that can be deployed";
    }
    try (JarFile jar = new JarFile(file.toFile())) {
      @Nullable Manifest manifest = jar.getManifest();
      @Nullable String symbolicName =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      return symbolicName == null
          ? "it is a jar, but no bundle: its manifest has no Bundle-SymbolicName; build it with"
              + " the bnd-maven-plugin, as docs/plugins shows"
          : "it was not installed; a bundle "
              + symbolicName
              + " of this version may be here already";
    } catch (IOException e) {
      return "it cannot be read as a jar: " + e.getMessage() + "; copy it again";
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
