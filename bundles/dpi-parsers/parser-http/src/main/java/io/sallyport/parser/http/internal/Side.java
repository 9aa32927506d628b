/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

import org.jspecify.annotations.Nullable;

/** Where the reading of one direction stands. */
final class Side {
  /** What the next bytes are. */
  enum Mode {
    /** A start line, or empty lines before it. */
    START,
    /** Header lines. */
    HEADERS,
    /** A header line too long to be kept whole. */
    LONG_LINE,
    /** A body whose length is known. */
    BODY,
    /** The length of a chunk. */
    CHUNK_SIZE,
    /** A chunk. */
    CHUNK,
    /** The line break behind a chunk. */
    CHUNK_END,
    /** Header lines behind the last chunk. */
    TRAILERS,
    /** A body that ends with the connection. */
    REST,
    /** Nothing is read until the other side has answered. */
    WAIT,
    /** The place is lost; a start line at the start of a segment would be the next. */
    LOST
  }

  Mode mode = Mode.START;
  long remaining;

  /** The body is held back until the server asks for it. */
  boolean withheld;

  /** The server has answered a request whose body was held back: it may never come. */
  boolean refused;

  @Nullable Head head;
}
