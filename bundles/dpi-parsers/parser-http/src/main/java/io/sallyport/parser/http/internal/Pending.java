/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

/** The requests that wait for their responses, in order; remembers what a response depends on. */
final class Pending {
  /** What matters about a request for the response to it. */
  enum Expectation {
    ORDINARY,
    /** The response has no body whatever its headers say. */
    HEAD,
    /** A success means that the connection is a tunnel from then on. */
    TUNNEL,
    /** The request was not seen, or too many were waiting. */
    UNKNOWN
  }

  private static final int DEPTH = 64;

  private final Expectation[] ring = new Expectation[DEPTH];
  private int first;
  private int count;

  void add(Expectation expectation) {
    if (count == DEPTH) {
      clear();
    }
    ring[(first + count++) % DEPTH] = expectation;
  }

  /** What the next response answers; it keeps waiting, as an interim response may come first. */
  Expectation next() {
    return count == 0 ? Expectation.UNKNOWN : ring[first];
  }

  /** The next one has its final response. */
  void answered() {
    if (count > 0) {
      first = (first + 1) % DEPTH;
      count--;
    }
  }

  void clear() {
    first = 0;
    count = 0;
  }
}
