/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command of this machine. Every process that it starts, and the children of that, carry the mark
 * of this test run, by which a later run finds them. Not for several threads.
 */
public final class Command {
  private static final int OUTPUT_LIMIT = 4 << 20;

  private final List<String> words;
  private final Map<String, String> environment = new HashMap<>();
  private Duration limit = Duration.ofSeconds(60);
  private byte[] input = new byte[0];

  private Command(List<String> words) {
    this.words = words;
  }

  /** The program and its arguments. */
  public static Command of(String... words) {
    return new Command(new ArrayList<>(List.of(words)));
  }

  /** The program and its arguments. */
  public static Command of(List<String> words) {
    return new Command(new ArrayList<>(words));
  }

  /** Appends arguments. */
  public Command with(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  /** Sets a variable of its environment. */
  public Command env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** How long it may take; 60 seconds unless said. */
  public Command within(Duration longest) {
    limit = longest;
    return this;
  }

  /** What it reads from standard input; nothing unless said. */
  public Command reading(String text) {
    input = text.getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /**
   * Runs it to its end.
   *
   * @throws HarnessException when it cannot be started or takes too long
   */
  public Result run() {
    Process process = launch(builder());
    try {
      CompletableFuture<String> out = collect(process.getInputStream());
      CompletableFuture<String> err = collect(process.getErrorStream());
      feed(process);
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HarnessException(this + " did not end within " + limit.toSeconds() + " s");
      }
      return new Result(toString(), process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException(this + " was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * Runs it to its end, and insists on success; answers standard output without the last newline.
   */
  public String output() {
    return run().orThrow().out().stripTrailing();
  }

  /** Starts it and returns; standard output and standard error go to the file. */
  public BackgroundProcess start(Path log) {
    ProcessBuilder builder = builder();
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return new BackgroundProcess(toString(), launch(builder), log);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().put(TestRun.MARK, TestRun.current().tag());
    builder.environment().putAll(environment);
    return builder;
  }

  private Process launch(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new HarnessException("cannot start `" + this + "`: " + e.getMessage(), e);
    }
  }

  private void feed(Process process) {
    try (OutputStream stream = process.getOutputStream()) {
      stream.write(input);
    } catch (IOException e) {
      // It ended without reading everything; its exit code tells the rest.
      return;
    }
  }

  private static CompletableFuture<String> collect(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                byte[] bytes = stream.readNBytes(OUTPUT_LIMIT);
                stream.skip(Long.MAX_VALUE);
                text.complete(new String(bytes, StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.complete("");
              }
            });
    return text;
  }
}
