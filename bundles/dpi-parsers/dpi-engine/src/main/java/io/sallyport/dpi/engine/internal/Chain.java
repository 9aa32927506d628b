/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
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
    List<Registration> ordered = new ArrayList<>(parsers);
    ordered.sort(Registration.ORDER);
    Map<Transport, Chain> chains = new EnumMap<>(Transport.class);
    for (Transport transport : Transport.values()) {
      List<Registration> speaking = new ArrayList<>();
      for (Registration parser : ordered) {
        if (parser.transports.contains(transport)) {
          speaking.add(parser);
        }
      }
      chains.put(transport, new Chain(speaking.toArray(new Registration[0])));
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
