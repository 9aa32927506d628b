/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.nio.file.Path;

/**
 * A machine of a {@link Lab}: a network namespace with the interface {@code eth0}.
 *
 * @param name the namespace's name for {@code ip netns}
 * @param address its IPv4 address
 * @param address6 its IPv6 address
 */
public record Host(String name, String address, String address6) {

  /** The namespace's file. */
  public Path path() {
    return Path.of("/run/netns", name);
  }

  /** A command of this machine, inside the namespace; not run yet. */
  public Command command(String... words) {
    return Command.of("ip", "netns", "exec", name).with(words);
  }

  /** Runs a command of this machine inside the namespace, to the end. */
  public Result exec(String... words) {
    return command(words).run();
  }
}
