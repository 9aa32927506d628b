/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program nft, run in the network namespace of the thread that calls. What it reads it applies
 * whole or not at all.
 */
final class Nft {
  /** The program cannot be run, or has refused; the message says what to do, or its words. */
  static final class NftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NftException(String message) {
      super(message);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Nft.class);
  private static final int TIMEOUT_SECONDS = 10;

  private final String program;

  Nft(String program) {
    this.program = program;
  }

  /** The one of this host: by PATH, or where a PATH without the administrator's programs ends. */
  static Nft ofHost() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, "nft"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> new Nft(found.toString()))
        .orElse(new Nft("nft"));
  }

  /** The names of all tables, a line each. */
  String tables() {
    return run(List.of("list", "tables"), "");
  }

  /** Applies what the text says. */
  void apply(String text) {
    run(List.of("-f", "-"), text);
  }

  /** Begins to apply what the text says, and does not wait for it; a failure is logged. */
  void begin(String text, String purpose) {
    Process process = start(List.of("-f", "-"), text);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                finish(process);
              } catch (NftException e) {
                LOG.warn("Cannot {}: {}", purpose, e.getMessage());
              }
            });
  }

  private String run(List<String> arguments, String input) {
    return finish(start(arguments, input));
  }

  /** Waits for the end of it: what it said. */
  private static String finish(Process process) {
    boolean ended = false;
    try {
      // What it says here is far less than what a pipe holds.
      ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      process.destroyForcibly();
      throw new NftException("nft did not end within " + TIMEOUT_SECONDS + " s");
    }
    String output = output(process);
    if (process.exitValue() != 0) {
      // The first line tells what is wrong; those behind it show where, in text that nobody knows.
      throw new NftException("nft refuses the rules: " + output.lines().findFirst().orElse(""));
    }
    return output;
  }

  private Process start(List<String> arguments, String input) {
    Process process;
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(Stream.of(program), arguments.stream()).toArray(String[]::new));
      builder.environment().put("LC_ALL", "C");
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new NftException("the program nft is missing; apt install nftables");
    }
    try (OutputStream out = process.getOutputStream()) {
      out.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended before it read: its exit value and words tell more than this does.
      LOG.debug("nft ended early", e);
    }
    return process;
  }

  private static String output(Process process) {
    try (InputStream in = process.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(its words were lost: " + e.getMessage() + ")";
    }
  }
}
