/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fields of {@code /proc/PID/status}. */
final class ProcStatus {
  private ProcStatus() {}

  /** A field's value; empty when there is no such field. */
  static String field(Path process, String name) throws IOException {
    String prefix = name + ":";
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length()).strip();
      }
    }
    return "";
  }
}
