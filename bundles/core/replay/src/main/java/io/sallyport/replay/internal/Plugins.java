/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.engine.internal.DpiEngine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Finds protocol parsers as the platform does, by the component descriptors that a bundle's
 * manifest names, so that a jar works here as it does in {@code deploy/}.
 */
final class Plugins {
  private static final String COMPONENTS = "Service-Component";

  private final DpiEngine engine;
  private final PrintStream err;
  private final Descriptor descriptors = new Descriptor();

  Plugins(DpiEngine engine, PrintStream err) {
    this.engine = engine;
    this.err = err;
  }

  /**
   * Adds the parsers of the class path and of a folder to the engine.
   *
   * @return whether all that was found could be loaded; what could not has been said
   */
  boolean load(@Nullable Path folder) {
    boolean complete = true;
    ClassLoader own = Plugins.class.getClassLoader();
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      if (entry.endsWith(".jar")) {
        complete &= jar(Path.of(entry), own);
      }
    }
    if (folder == null) {
      return complete;
    }
    try {
      for (Path path : jars(folder)) {
        complete &= jar(path, new URLClassLoader(new URL[] {url(path)}, own));
      }
    } catch (IOException e) {
      err.println("sallyport replay: the folder of plugins " + folder + " cannot be read");
      complete = false;
    }
    return complete;
  }

  private static List<Path> jars(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
      found.forEach(jars::add);
    }
    Collections.sort(jars);
    return jars;
  }

  private boolean jar(Path path, @Nullable ClassLoader loader) {
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      String components =
          manifest == null ? null : manifest.getMainAttributes().getValue(COMPONENTS);
      if (manifest == null || components == null) {
        return true;
      }
      for (ZipEntry descriptor : descriptors(jar, components)) {
        try (InputStream in = jar.getInputStream(descriptor)) {
          String parser = descriptors.parserClass(in);
          if (parser != null) {
            add(parser, manifest.getMainAttributes(), loader);
          }
        }
      }
      return true;
    } catch (IOException | XMLStreamException | ReflectiveOperationException | LinkageError e) {
      err.println("sallyport replay: the plugin " + path + " cannot be used: " + e);
      return false;
    }
  }

  private static List<ZipEntry> descriptors(JarFile jar, String components) {
    List<ZipEntry> found = new ArrayList<>();
    for (String component : components.split(",", -1)) {
      if (component.contains("*")) {
        Pattern pattern =
            Pattern.compile("\\Q" + component.strip().replace("*", "\\E[^/]*\\Q") + "\\E");
        jar.stream()
            .filter(entry -> pattern.matcher(entry.getName()).matches())
            .forEach(found::add);
      } else {
        ZipEntry entry = jar.getEntry(component.strip());
        if (entry != null) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private void add(String className, Attributes bundle, @Nullable ClassLoader loader)
      throws ReflectiveOperationException {
    ProtocolParser parser =
        Class.forName(className, true, loader)
            .asSubclass(ProtocolParser.class)
            .getConstructor()
            .newInstance();
    engine.add(parser, value(bundle, "Bundle-SymbolicName"), value(bundle, "Bundle-Version"));
  }

  private static String value(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value;
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }
}
