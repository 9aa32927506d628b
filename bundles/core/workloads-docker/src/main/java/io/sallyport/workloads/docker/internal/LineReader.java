/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bounded length from a stream. */
final class LineReader {
  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[8192];
  private int from;
  private int to;

  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line without its end, null at the end of the stream. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(buffer));
        if (to == 0) {
          return line.size() == 0 ? null : line.toByteArray();
        }
      }
      int start = from;
      while (from < to && buffer[from] != '\n') {
        from++;
      }
      if (line.size() + from - start > limit) {
        throw new IOException("a line is longer than " + limit + " bytes");
      }
      line.write(buffer, start, from - start);
      if (from < to) {
        from++;
        return line.toByteArray();
      }
    }
  }
}
