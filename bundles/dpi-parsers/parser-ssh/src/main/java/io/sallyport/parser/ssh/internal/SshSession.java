/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.ssh.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;

/**
 * Reads the identification of both sides. What follows is the key exchange and then encrypted:
 * nothing can make another protocol of it.
 */
final class SshSession implements Session {
  /** An identification has at most 255 characters; lines before it are bounded likewise. */
  private static final int LONGEST_LINE = 1024;

  private final Sink sink;
  private boolean client;
  private boolean server;

  SshSession(Sink sink) {
    this.sink = sink;
  }

  @Override
  public Progress data(Direction direction, Bytes data) {
    boolean known = direction == Direction.TO_SERVER ? client : server;
    while (!known) {
      int start = data.consumed();
      int end = data.indexOf('\n', start);
      if (end < 0) {
        return data.length() - start < LONGEST_LINE ? Progress.CONTINUE : Progress.LOST;
      }
      known = data.at(start, SshParser.IDENTIFICATION);
      if (known) {
        identified(direction, data.text(start, data.u8(end - 1) == '\r' ? end - 1 : end));
      }
      data.consume(end + 1 - start);
    }
    data.consumeAll();
    return client && server ? Progress.DONE : Progress.CONTINUE;
  }

  /** {@code SSH-protoversion-softwareversion comments}. */
  private void identified(Direction direction, String text) {
    int dash = text.indexOf('-', SshParser.IDENTIFICATION.length());
    int end = dash < 0 ? text.length() : dash;
    String version = text.substring(SshParser.IDENTIFICATION.length(), end);
    String software = dash < 0 ? null : text.substring(dash + 1);
    Message notice = Message.notice().with("version", version);
    if (direction == Direction.TO_SERVER) {
      client = true;
      sink.message(direction, notice.with("client", software));
    } else {
      server = true;
      sink.message(direction, notice.with("server", software));
    }
  }
}
