/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import java.util.Arrays;

/**
 * Server ports on which a protocol is usual. Hints only: they decide which parser is asked first,
 * never what a flow is.
 */
public final class PortHints {
  private static final PortHints NONE = new PortHints(new int[0]);

  private final int[] ports;

  private PortHints(int[] ports) {
    this.ports = ports;
    Arrays.sort(ports);
  }

  /** No usual port. */
  public static PortHints none() {
    return NONE;
  }

  /** These ports, of any transport that the parser speaks. */
  public static PortHints ports(int... ports) {
    return new PortHints(ports.clone());
  }

  /** Whether {@code port} is among them. */
  public boolean contains(int port) {
    return Arrays.binarySearch(ports, port) >= 0;
  }
}
