/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** An attached program. Closing detaches it, unless it has been pinned. */
public final class BpfLink implements AutoCloseable {
  private final String program;
  private final MemorySegment link;
  private final AtomicBoolean open = new AtomicBoolean(true);

  BpfLink(String program, MemorySegment link) {
    this.program = program;
    this.link = link;
  }

  /** Keeps it attached beyond this process, until the file is removed. The path is in a bpffs. */
  public void pin(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path.toString());
      StringBuilder log = new StringBuilder();
      int result = Libbpf.logged(log, () -> ObjectCalls.pinLink(link, text));
      if (result < 0) {
        throw new BpfException("pin program " + program + " at " + path, result, log.toString());
      }
    }
  }

  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      ObjectCalls.destroyLink(link);
    }
  }
}
