/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that runs beside the test. For any thread. */
public final class BackgroundProcess implements AutoCloseable {
  private final String command;
  private final Process process;
  private final Path log;

  BackgroundProcess(String command, Process process, Path log) {
    this.command = command;
    this.process = process;
    this.log = log;
    TestRun.current().onEnd(this::kill);
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process.isAlive();
  }

  /** Ends it and its children with signal 9. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await(Duration.ofSeconds(10));
  }

  /**
   * Asks it to end, by SIGTERM.
   *
   * @return whether it has ended within the time
   */
  public boolean terminate(Duration limit) {
    process.destroy();
    return await(limit);
  }

  /**
   * Waits for its own end.
   *
   * @return whether it has ended within the time
   */
  public boolean await(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The last lines of what it wrote. */
  public String tail(int lines) {
    return tail(log, lines);
  }

  static String tail(Path file, int lines) {
    try {
      List<String> all = Files.readAllLines(file);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return file + " cannot be read: " + e.getMessage();
    }
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    return command;
  }
}
