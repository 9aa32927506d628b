/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;

/** Reads a folder of a bundle. */
final class BundleFiles {
  private BundleFiles() {}

  /**
   * Every file below a folder, by its path relative to it.
   *
   * @throws UncheckedIOException when the bundle cannot be read
   */
  static Map<String, byte[]> under(Bundle bundle, String folder) {
    Enumeration<URL> entries = bundle.findEntries(folder, "*", true);
    var files = new HashMap<String, byte[]>();
    if (entries == null) {
      return files;
    }
    String prefix = "/" + folder + "/";
    for (URL url : Collections.list(entries)) {
      String path = url.getPath();
      if (path.endsWith("/")) {
        continue;
      }
      try (InputStream in = url.openStream()) {
        files.put(path.substring(path.indexOf(prefix) + prefix.length()), in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + url, e);
      }
    }
    return files;
  }
}
