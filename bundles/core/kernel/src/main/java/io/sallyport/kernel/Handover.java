/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a position that one thread moves be taken from it by another, between two moves, even if
 * that thread never comes back. The mover brackets each move by {@link #enter} and {@link #leave};
 * moves must be short and call no foreign code.
 */
public final class Handover {
  private static final int RESTING = 0;
  private static final int MOVING = 1;
  private static final int REVOKED = 2;

  private final AtomicInteger state = new AtomicInteger(RESTING);

  /** Begins a move. */
  public void enter() {
    if (!state.compareAndSet(RESTING, MOVING)) {
      throw new CursorRevokedException();
    }
  }

  /** Ends a move. */
  public void leave() {
    state.setRelease(RESTING);
  }

  /** Takes the position away for good; waits out a move. All that it made is visible afterwards. */
  public void revoke() {
    while (!state.compareAndSet(RESTING, REVOKED)) {
      if (revoked()) {
        throw new CursorRevokedException();
      }
      // A move is a few reads and writes of memory; only a thread in foreign code gets stuck.
      Thread.onSpinWait();
    }
  }

  /** Whether it has been taken away. */
  public boolean revoked() {
    return state.get() == REVOKED;
  }
}
