/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Shows how far it is, where standard error is a terminal and it takes longer than a moment. */
final class Progress implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2_000;
  private static final long STEP_MILLIS = 500;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream err;
  private final int files;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong flows = new AtomicLong();
  private final Thread thread;
  private boolean shown;

  private Progress(PrintStream err, int files) {
    this.err = err;
    this.files = files;
    this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
  }

  static Progress start(PrintStream err, int files) {
    Progress progress = new Progress(err, files);
    if (err == System.err && isTerminal()) {
      progress.thread.start();
    }
    return progress;
  }

  /** Passes flows on, counting them. */
  FlowObserver counting(FlowWriter writer) {
    return new FlowObserver() {
      @Override
      public void flow(FlowRecord flow) {
        flows.lazySet(flows.getPlain() + 1);
        writer.flow(flow);
      }

      @Override
      public void message(FlowRecord flow, Direction direction, Message message) {
        // A replay reports flows only.
      }
    };
  }

  void fileDone() {
    done.incrementAndGet();
  }

  /** A line for the user, not mixed up with the display. */
  synchronized void message(String line) {
    clear();
    err.println(line);
  }

  @Override
  public void close() {
    thread.interrupt();
    synchronized (this) {
      clear();
    }
  }

  private void show() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
      while (true) {
        synchronized (this) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          shown = true;
          err.printf("%s%d of %d files, %,d flows", CLEAR_LINE, done.get(), files, flows.get());
          err.flush();
        }
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clear() {
    if (shown) {
      shown = false;
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
