/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.dpi.engine.internal.Counters.Cut;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A session at work on a flow, with what it has not consumed yet. */
final class SessionReader {
  private final Worker worker;
  private final FlowInspection flow;
  private final Registration parser;
  private final Session session;
  private final int era;
  private final boolean stream;
  private @Nullable Buffer toServer;
  private @Nullable Buffer toClient;
  private int unread;

  SessionReader(Worker worker, FlowInspection flow, Registration parser, Session session) {
    this.worker = worker;
    this.flow = flow;
    this.parser = parser;
    this.session = session;
    this.era = parser.era();
    this.stream = Worker.stream(flow.flow());
  }

  /**
   * Offers bytes, behind those that are kept. Where the answer is not CONTINUE, what was not
   * consumed is in {@link #take} and in the last {@link #unread} of the bytes.
   */
  Progress read(Owner owner, Direction direction, MemorySegment memory, long offset, int length) {
    unread = length;
    if (parser.era() != era) {
      return cut(Cut.ORPHANS);
    }
    Progress progress = Progress.CONTINUE;
    while (unread > 0 && progress == Progress.CONTINUE) {
      long at = offset + length - unread;
      progress =
          kept(direction) == null
              ? readInPlace(owner, direction, memory, at)
              : readBehindKept(owner, direction, memory, at);
    }
    return progress;
  }

  /** Tells of missing bytes; what was kept of that direction is gone with them. */
  Progress gap(Owner owner, Direction direction, long bytes) {
    unread = 0;
    free(direction);
    return parser.era() == era
        ? owner.gap(flow, parser, session, direction, bytes)
        : cut(Cut.ORPHANS);
  }

  void end(Owner owner) {
    if (parser.era() == era) {
      owner.end(flow, parser, session);
    }
  }

  /** How many of the bytes last offered were not taken. */
  int unread() {
    return unread;
  }

  /** Hands over what is kept of a direction, null when nothing. */
  @Nullable Buffer take(Direction direction) {
    Buffer buffer = kept(direction);
    keep(direction, null);
    return buffer;
  }

  void free() {
    free(Direction.TO_SERVER);
    free(Direction.TO_CLIENT);
  }

  /** Leaves the buffers to a lost thread. */
  void abandon() {
    forget(Direction.TO_SERVER);
    forget(Direction.TO_CLIENT);
  }

  private Progress readInPlace(Owner owner, Direction direction, MemorySegment memory, long at) {
    Progress progress = owner.data(flow, parser, session, direction, memory, at, unread);
    int used = owner.consumed();
    unread -= used;
    if (progress != Progress.CONTINUE || unread == 0) {
      return progress;
    }
    int rest = unread;
    if (stream && rest >= BufferPool.LARGEST) {
      return cut(Cut.REMAINDERS);
    }
    unread = 0;
    return !stream || append(direction, memory, at + used, rest) ? progress : cut(Cut.BUFFERS);
  }

  private Progress readBehindKept(Owner owner, Direction direction, MemorySegment memory, long at) {
    Buffer before = kept(direction);
    int room = BufferPool.LARGEST - (before == null ? 0 : before.length());
    int count = Math.min(unread, room);
    if (!append(direction, memory, at, count)) {
      return cut(Cut.BUFFERS);
    }
    unread -= count;
    Buffer buffer = kept(direction);
    if (buffer == null) {
      return Progress.LOST;
    }
    Progress progress =
        owner.data(
            flow, parser, session, direction, buffer.memory, buffer.start(), buffer.length());
    buffer.drop(owner.consumed());
    if (buffer.length() == 0) {
      free(direction);
    } else if (progress == Progress.CONTINUE && buffer.length() == BufferPool.LARGEST) {
      return cut(Cut.REMAINDERS);
    }
    return progress;
  }

  private boolean append(Direction direction, MemorySegment memory, long offset, int length) {
    Buffer kept = kept(direction);
    Buffer larger = kept == null ? worker.buffers.take(length) : worker.buffers.grow(kept, length);
    if (larger == null) {
      return false;
    }
    larger.append(memory, offset, length);
    keep(direction, larger);
    return true;
  }

  private Progress cut(Cut why) {
    worker.counters().count(why);
    return Progress.LOST;
  }

  private @Nullable Buffer kept(Direction direction) {
    return direction == Direction.TO_SERVER ? toServer : toClient;
  }

  private void keep(Direction direction, @Nullable Buffer buffer) {
    if (direction == Direction.TO_SERVER) {
      toServer = buffer;
    } else {
      toClient = buffer;
    }
  }

  private void free(Direction direction) {
    Buffer buffer = take(direction);
    if (buffer != null) {
      worker.buffers.give(buffer);
    }
  }

  private void forget(Direction direction) {
    Buffer buffer = take(direction);
    if (buffer != null) {
      worker.buffers.forget(buffer);
    }
  }
}
