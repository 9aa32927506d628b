/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 GET over a unix socket (RFC 9112), as much of it as a container runtime's API needs; the
 * JDK's own client speaks TCP only. A connection a request; everything bounded in size, and in time
 * but for streams.
 */
final class UnixHttp {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int MAX_BODY = 32 << 20;
  private static final int MAX_HEAD = 64 << 10;

  private final Path socket;

  UnixHttp(Path socket) {
    this.socket = socket;
  }

  /** The socket's path. */
  String path() {
    return socket.toString();
  }

  /** A status and a whole body. */
  record Answer(int status, InputStream body) {}

  /** An answer whose body is still to be read. Closing it ends the connection. */
  record Exchange(SocketChannel channel, int status, InputStream body) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Asks, and reads the whole answer. */
  Answer get(String target) throws IOException {
    try (SocketChannel channel = connect();
        Deadline deadline = new Deadline(channel)) {
      try {
        Exchange exchange = ask(channel, target);
        byte[] body = exchange.body().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
          throw new IOException("answers with more than " + MAX_BODY + " bytes");
        }
        return new Answer(exchange.status(), new ByteArrayInputStream(body));
      } catch (AsynchronousCloseException e) {
        throw deadline.explain(e);
      }
    }
  }

  /** Asks for something that goes on; only the head of the answer has to come in time. */
  Exchange stream(String target) throws IOException {
    SocketChannel channel = connect();
    try (Deadline deadline = new Deadline(channel)) {
      try {
        return ask(channel, target);
      } catch (AsynchronousCloseException e) {
        throw deadline.explain(e);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private SocketChannel connect() throws IOException {
    if (!Files.exists(socket)) {
      throw new IOException("there is no such socket; is the runtime installed and running?");
    }
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot connect (" + e.getMessage() + "); is the runtime running?", e);
    }
  }

  private static Exchange ask(SocketChannel channel, String target) throws IOException {
    ByteBuffer request =
        ByteBuffer.wrap(
            ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    while (request.hasRemaining()) {
      channel.write(request);
    }
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 16 << 10);
    int budget = MAX_HEAD;
    String line = headLine(in, budget);
    budget -= line.length();
    String[] words = line.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
      throw new IOException("does not speak HTTP");
    }
    int status;
    boolean chunked = false;
    long length = -1;
    try {
      status = Integer.parseInt(words[1]);
      for (line = headLine(in, budget); !line.isEmpty(); line = headLine(in, budget)) {
        budget -= line.length();
        String header = line.toLowerCase(Locale.ROOT);
        if (header.startsWith("transfer-encoding:")) {
          chunked = header.contains("chunked");
        } else if (header.startsWith("content-length:")) {
          length = Long.parseLong(header.substring("content-length:".length()).strip());
        }
      }
    } catch (NumberFormatException e) {
      throw new IOException("answers with a malformed head: " + line, e);
    }
    return new Exchange(channel, status, chunked ? new Chunks(in) : new Limited(in, length));
  }

  /** A line of the head or of the chunked framing, without its end. */
  static String headLine(InputStream in, int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the runtime has closed the connection");
      }
      if (line.length() >= limit) {
        throw new IOException("answers with a head that is too long");
      }
      line.append((char) c);
    }
    int end = line.length();
    return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
  }

  /** Closes the channel of a request that takes too long. */
  private static final class Deadline implements AutoCloseable {
    private final CompletableFuture<Void> bell = new CompletableFuture<>();
    private final CompletableFuture<Void> closing;
    private volatile boolean rang;

    Deadline(SocketChannel channel) {
      closing =
          bell.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .thenRun(
                  () -> {
                    rang = true;
                    try {
                      channel.close();
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  });
    }

    IOException explain(AsynchronousCloseException e) {
      return rang ? new IOException("does not answer within " + PATIENCE.toSeconds() + " s", e) : e;
    }

    @Override
    public void close() {
      closing.cancel(false);
      bell.cancel(false);
    }
  }
}
