/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.inventory.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file that a distribution holds, or that a bundle of it holds.
 *
 * @param place where it is: a path in the distribution, and after "!" the path in the bundle
 * @param coordinates what it is for Maven; null where nothing tells
 * @param sha256 its checksum, in hexadecimal
 * @param licence as its manifest says; null where it does not
 * @param parts the jars inside
 */
record Part(
    String place,
    @Nullable Coordinates coordinates,
    String sha256,
    @Nullable String licence,
    List<Part> parts) {

  private static final String OWN_GROUP = "io.sallyport";

  /** Maven's name of an artifact. */
  record Coordinates(String group, String artifact, String version) {
    String purl() {
      return "pkg:maven/" + group + "/" + artifact + "@" + version;
    }
  }

  Part {
    parts = List.copyOf(parts);
  }

  /** Whether it is made by this build, and so is nothing to be locked. */
  boolean own() {
    return coordinates != null && coordinates.group().equals(OWN_GROUP);
  }
}
