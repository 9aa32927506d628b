/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A running container.
 *
 * @param engine what runs it
 * @param id its id at the engine
 * @param name its name
 * @param pid its first process, as this machine sees it
 * @param address its IPv4 address; empty when it has no network
 */
public record Container(ContainerEngine engine, String id, String name, long pid, String address)
    implements AutoCloseable {

  /** Runs a command in it, to the end. */
  public Result exec(String... words) {
    return engine.command(this, words).run();
  }

  /** A command inside it, not run yet. */
  public Command command(String... words) {
    return engine.command(this, words);
  }

  /** Its network namespace. */
  public Path networkNamespace() {
    return Path.of("/proc", Long.toString(pid), "ns", "net");
  }

  /** Whether its first process runs. */
  public boolean alive() {
    try {
      String state = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The state follows the name, which may hold anything, in parentheses.
      return state.charAt(state.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** What its first process wrote. */
  public String log() {
    return engine.log(this);
  }

  @Override
  public void close() {
    engine.remove(this);
  }

  @Override
  public String toString() {
    return name + " (" + id + ")";
  }
}
