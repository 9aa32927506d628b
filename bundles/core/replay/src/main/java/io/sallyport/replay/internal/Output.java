/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, written in large pieces: the standard stream's own road is slow. */
final class Output {
  private static final int PIECE = 1 << 16;

  private final OutputStream stream;
  private final StringBuilder text = new StringBuilder(PIECE * 2);

  Output(OutputStream stream) {
    this.stream = stream;
  }

  static Output standard() {
    return new Output(new FileOutputStream(FileDescriptor.out));
  }

  /** Where to write; call {@link #written} now and then. */
  StringBuilder text() {
    return text;
  }

  /** Passes on what has been written once it is enough. */
  void written() {
    if (text.length() >= PIECE) {
      try {
        flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void flush() throws IOException {
    stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
    stream.flush();
  }
}
