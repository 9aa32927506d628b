/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/** Starts containers in one way. For any thread. */
public interface ContainerEngine {
  /**
   * Starts a container; it is removed when it is closed, or with this test run.
   *
   * @throws HarnessException when it does not start, with what the engine said
   */
  Container start(ContainerSpec spec);

  /** A command inside the container, not run yet. */
  Command command(Container container, String... words);

  /** What the container's first process wrote. */
  String log(Container container);

  /** Ends the container and removes it; nothing when it is gone. */
  void remove(Container container);
}
