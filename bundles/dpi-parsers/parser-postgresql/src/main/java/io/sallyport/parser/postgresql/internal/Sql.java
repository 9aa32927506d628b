/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import java.util.regex.Pattern;

/** Takes passwords out of statements that set them. */
final class Sql {
  /** A quoted text behind the word PASSWORD; quotes within it are doubled. */
  private static final Pattern PASSWORD =
      Pattern.compile("(?i)(password\\s{0,20}=?\\s{0,20}[eE]?)'(?:[^']|'')*+('|$)");

  private Sql() {}

  static String withoutPasswords(String statement) {
    return PASSWORD.matcher(statement).replaceAll("$1'***'");
  }
}
