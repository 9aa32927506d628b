/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import io.sallyport.api.dpi.Bytes;

/** Where the reading of one direction stands. */
final class Reader {
  /** Of a longer message the beginning is read and the rest skipped. */
  static final int KEPT = 8 * 1024;

  private long skip;
  private boolean lost;

  /** Skips what is to be skipped of the bytes at hand; answers whether it is all skipped. */
  boolean skipped(Bytes data) {
    if (skip > 0) {
      int count = (int) Math.min(skip, data.length() - (long) data.consumed());
      data.consume(count);
      skip -= count;
    }
    return skip == 0;
  }

  void skip(long bytes) {
    skip = bytes;
  }

  /** Passes over missing bytes; what did not lie within what is skipped costs the place. */
  void pass(long bytes) {
    if (bytes <= skip) {
      skip -= bytes;
    } else {
      skip = 0;
      lost = true;
    }
  }

  boolean lost() {
    return lost;
  }

  void lost(boolean now) {
    lost = now;
  }
}
