/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The parsers of one transport, in the order in which they are asked. Never changes. */
final class Chain {
  static final Chain EMPTY = new Chain(new Registration[0]);

  private final Registration[] parsers;

  private Chain(Registration[] parsers) {
    this.parsers = parsers;
  }

  /** A chain for every transport. */
  static Map<Transport, Chain> ofEach(Collection<Registration> parsers) {
    Map<Transport, Chain> chains = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      chains.put(
          transport,
          new Chain(
              parsers.stream()
                  .filter(parser -> parser.transports.contains(transport))
                  .sorted(Registration.ORDER)
                  .toArray(Registration[]::new)));
    }
    return chains;
  }

  int size() {
    return parsers.length;
  }

  Registration parser(int index) {
    return parsers[index];
  }
}
