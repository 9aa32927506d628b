/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/**
 * A running server.
 *
 * @param kind what it is
 * @param container where it runs
 */
public record Server(ServerKind kind, Container container) {
  /** Its IPv4 address. */
  public String address() {
    return container.address();
  }

  /** Its port. */
  public int port() {
    return kind.port();
  }
}
