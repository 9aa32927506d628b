/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console, held in memory: a few hundred kilobytes. Only what was built can be
 * asked for, so no path reaches beyond it. Immutable.
 */
final class Assets {
  private static final String INDEX = "index.html";
  private static final String HASHED = "assets/";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2");

  private final Map<String, Asset> byName;

  private Assets(Map<String, Asset> byName) {
    this.byName = Map.copyOf(byName);
  }

  /**
   * Takes the files of a build.
   *
   * @param files path below the console's root, without a leading slash, to content; a file may
   *     stand beside itself with the ending of an {@link Encoding}
   * @throws IllegalStateException when there is no index.html: the console was not built
   */
  static Assets of(Map<String, byte[]> files) {
    if (!files.containsKey(INDEX)) {
      throw new IllegalStateException(
          "This bundle holds no web console: webui/index.html is missing. Build it again, with Node.js 20.19 or newer.");
    }
    var assets = new HashMap<String, Asset>();
    for (String name : files.keySet()) {
      if (!isEncodedTwin(name, files)) {
        assets.put(name, asset(name, files));
      }
    }
    return new Assets(assets);
  }

  /** The file at a request's path, or null when there is none. A folder gives its index. */
  @Nullable Asset at(String path) {
    String name = path.startsWith("/") ? path.substring(1) : path;
    return byName.get(name.isEmpty() ? INDEX : name);
  }

  private static boolean isEncodedTwin(String name, Map<String, byte[]> files) {
    for (Encoding encoding : Encoding.values()) {
      String suffix = encoding.suffix();
      if (!suffix.isEmpty()
          && name.endsWith(suffix)
          && files.containsKey(name.substring(0, name.length() - suffix.length()))) {
        return true;
      }
    }
    return false;
  }

  private static Asset asset(String name, Map<String, byte[]> files) {
    var bodies = new EnumMap<Encoding, Asset.Body>(Encoding.class);
    for (Encoding encoding : Encoding.values()) {
      byte[] bytes = files.get(name + encoding.suffix());
      if (bytes != null) {
        bodies.put(encoding, new Asset.Body(bytes, etag(bytes)));
      }
    }
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPES.getOrDefault(extension, "application/octet-stream");
    return new Asset(type, name.startsWith(HASHED), bodies);
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
