/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all workers ten times a second. A thread is taken for lost when it is seen in the same
 * call on eight ticks in a row; as ticks are counted rather than time, a pause of the whole machine
 * is one tick and harms nobody.
 */
final class Watchdog {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int PATIENCE = 8;

  private final Thread thread;
  private volatile boolean running = true;

  Watchdog(DpiEngine engine) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("dpi-watchdog")
            .unstarted(
                () -> {
                  while (running) {
                    LockSupport.parkNanos(TICK.toNanos());
                    engine.watch(PATIENCE);
                  }
                });
  }

  void start() {
    thread.start();
  }

  void stop() {
    running = false;
    LockSupport.unpark(thread);
  }
}
