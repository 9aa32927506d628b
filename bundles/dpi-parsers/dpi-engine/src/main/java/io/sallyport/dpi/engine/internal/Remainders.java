/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Direction;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What a session has not consumed yet, by direction. */
final class Remainders {
  private final BufferPool pool;
  private @Nullable Buffer toServer;
  private @Nullable Buffer toClient;

  Remainders(BufferPool pool) {
    this.pool = pool;
  }

  @Nullable Buffer get(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  /** Adds bytes, at most up to the largest buffer; null when no buffer is to be had. */
  @Nullable Buffer append(Direction direction, MemorySegment memory, long offset, int length) {
    Buffer kept = get(direction);
    Buffer larger = kept == null ? pool.take(length) : pool.grow(kept, length);
    if (larger != null) {
      larger.append(memory, offset, length);
      set(direction, larger);
    }
    return larger;
  }

  /** Takes the first bytes away, and the buffer with the last. */
  void drop(Direction direction, int count) {
    Buffer kept = get(direction);
    if (kept != null) {
      kept.drop(count);
      if (kept.length() == 0) {
        free(direction);
      }
    }
  }

  /** Hands the buffer over to the caller. */
  @Nullable Buffer take(Direction direction) {
    Buffer kept = get(direction);
    set(direction, null);
    return kept;
  }

  void free(Direction direction) {
    Buffer kept = take(direction);
    if (kept != null) {
      pool.give(kept);
    }
  }

  void free() {
    free(Direction.TO_SERVER);
    free(Direction.TO_CLIENT);
  }

  /** Leaves the buffers to a lost thread. */
  void forget() {
    for (Buffer kept :
        new @Nullable Buffer[] {take(Direction.TO_SERVER), take(Direction.TO_CLIENT)}) {
      if (kept != null) {
        pool.forget(kept);
      }
    }
  }

  private void set(Direction direction, @Nullable Buffer buffer) {
    if (direction == Direction.TO_SERVER) {
      toServer = buffer;
    } else {
      toClient = buffer;
    }
  }
}
