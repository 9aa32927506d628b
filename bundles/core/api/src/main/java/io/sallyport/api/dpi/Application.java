/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import java.util.Objects;

/**
 * An application protocol by the name and number that rules, reports and REST use. Names and
 * numbers below 3000 are NeuVector's ({@link Applications}); a plugin for another protocol takes
 * the field's usual name and a number from 3000.
 *
 * @param id the number, unique a protocol
 * @param name the name, as users write it in rules
 */
public record Application(int id, String name) {
  /** No application: not identified, or not yet. */
  public static final Application UNKNOWN = new Application(0, "");

  /** Checks that a name is there. */
  public Application {
    Objects.requireNonNull(name, "name");
  }

  /** Whether this names a protocol. */
  public boolean known() {
    return id != 0;
  }

  @Override
  public String toString() {
    return known() ? name : "unknown";
  }
}
