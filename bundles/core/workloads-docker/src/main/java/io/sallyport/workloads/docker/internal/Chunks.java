/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import java.io.IOException;
import java.io.InputStream;

/** A body in HTTP's chunked framing (RFC 9112, 7.1). */
final class Chunks extends InputStream {
  private final InputStream in;
  private long left;
  private boolean first = true;
  private boolean ended;

  Chunks(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (left == 0 && !ended) {
      next();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(into, from, (int) Math.min(count, left));
    if (read < 0) {
      ended = true;
      return -1;
    }
    left -= read;
    return read;
  }

  private void next() throws IOException {
    if (!first && !UnixHttp.headLine(in, 2).isEmpty()) {
      throw new IOException("a chunk is longer than it says");
    }
    first = false;
    String size = UnixHttp.headLine(in, 1024);
    int semicolon = size.indexOf(';');
    try {
      left = Long.parseUnsignedLong(semicolon < 0 ? size : size.substring(0, semicolon), 16);
    } catch (NumberFormatException e) {
      throw new IOException("a chunk has no size: " + size, e);
    }
    if (left < 0) {
      throw new IOException("a chunk has an absurd size: " + size);
    }
    ended = left == 0;
  }
}
