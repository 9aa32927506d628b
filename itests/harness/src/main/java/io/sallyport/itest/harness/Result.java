/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

/**
 * What a command answered.
 *
 * @param command the command line
 * @param exit its exit code; 128 + n when signal n ended it
 * @param out standard output, at most 4 MiB of it
 * @param err standard error, at most 4 MiB of it
 */
public record Result(String command, int exit, String out, String err) {

  /** Whether it exited with 0. */
  public boolean succeeded() {
    return exit == 0;
  }

  /**
   * This result, of a command that has succeeded.
   *
   * @throws HarnessException when it has not, with what it wrote
   */
  public Result orThrow() {
    if (exit != 0) {
      throw new HarnessException(
          "`" + command + "` exited with " + exit + ": " + (err.isBlank() ? out : err).strip());
    }
    return this;
  }
}
