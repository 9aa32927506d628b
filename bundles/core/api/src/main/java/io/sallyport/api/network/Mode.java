/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

/** What is done about what no rule allows. */
public enum Mode {
  /** Learn it. */
  DISCOVER("Discover"),
  /** Alert. */
  MONITOR("Monitor"),
  /** Block it. */
  PROTECT("Protect");

  private final String label;

  Mode(String label) {
    this.label = label;
  }

  /** The name users and REST know. */
  public String label() {
    return label;
  }
}
