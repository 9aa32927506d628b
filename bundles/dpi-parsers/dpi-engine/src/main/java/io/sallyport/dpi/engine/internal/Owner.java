/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.inspection.AbandonedException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread's time as owner of a worker, and the one place where plugins are called.
 *
 * <p>A counter says where the thread is: even outside of plugins, odd inside, {@link #ABANDONED}
 * when it was given up for lost. The thread leaves a call by compare-and-set, and so does the
 * watchdog that gives it up: exactly one of them wins, and the loser touches nothing.
 */
final class Owner {
  private static final long ABANDONED = -1;

  /** What a plugin is asked to do. */
  private enum Step {
    IDENTIFY,
    OPEN,
    DATA,
    GAP,
    END
  }

  final Thread thread = Thread.currentThread();

  private final AtomicLong position = new AtomicLong();
  private final Bytes window = new Bytes();
  private @Nullable FlowInspection inspection;
  private @Nullable Registration parser;

  private boolean timed;
  private long excluded;

  // The watchdog's own notes.
  private long seen;
  private int ticks;

  /** Whether this parser takes the flow for its own; a failure is a no. */
  Match identify(
      FlowInspection flow,
      Registration asked,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    window.set(memory, offset, length);
    Object answer = call(Step.IDENTIFY, flow, asked, null, direction, 0);
    return answer == null ? Match.NO : (Match) answer;
  }

  /** A session, null when there is none to be had. */
  @Nullable Session open(FlowInspection flow, Registration chosen) {
    return (Session) call(Step.OPEN, flow, chosen, null, Direction.TO_SERVER, 0);
  }

  /** Offers bytes to a session; a failure costs the flow. */
  Progress data(
      FlowInspection flow,
      Registration reader,
      Session session,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    window.set(memory, offset, length);
    return progress(call(Step.DATA, flow, reader, session, direction, 0));
  }

  /** How many of the bytes last offered the session has dealt with. */
  int consumed() {
    return window.consumed();
  }

  /** Tells a session about missing bytes. */
  Progress gap(
      FlowInspection flow, Registration reader, Session session, Direction direction, long bytes) {
    return progress(call(Step.GAP, flow, reader, session, direction, bytes));
  }

  /** Tells a session that its flow has ended. */
  void end(FlowInspection flow, Registration reader, Session session) {
    call(Step.END, flow, reader, session, Direction.TO_SERVER, 0);
  }

  /** Whether the calling thread is inside a call of this flow's plugin. */
  boolean inside(FlowInspection flow) {
    return thread == Thread.currentThread() && (position.get() & 1) == 1 && inspection == flow;
  }

  /**
   * Leaves the plugin in the middle of its call, for something that is not its doing.
   *
   * @throws AbandonedException when the thread was given up
   */
  void stepOut() {
    leave();
    if (timed) {
      excluded -= System.nanoTime();
    }
  }

  /** Goes back into the plugin after {@link #stepOut}. */
  void stepIn() {
    if (timed) {
      excluded += System.nanoTime();
    }
    enter();
  }

  /**
   * For the watchdog: whether the thread has been in one and the same call on so many ticks in a
   * row, and is given up now.
   */
  boolean abandonAfter(int patience) {
    long now = position.get();
    if ((now & 1) == 0 || now != seen || now == ABANDONED) {
      seen = now;
      ticks = 0;
      return false;
    }
    return ++ticks >= patience && position.compareAndSet(now, ABANDONED);
  }

  /** Ends this thread's time, wherever it is. */
  void retire() {
    position.set(ABANDONED);
  }

  /** The parser in whose call the thread was given up. */
  @Nullable Registration culprit() {
    return parser;
  }

  /** The inspection in whose call the thread was given up. */
  @Nullable FlowInspection victim() {
    return inspection;
  }

  private @Nullable Object call(
      Step step,
      FlowInspection flow,
      Registration called,
      @Nullable Session session,
      Direction direction,
      long bytes) {
    inspection = flow;
    parser = called;
    enter();
    int weight = called.sampling();
    timed = weight == 1 || sampled();
    excluded = 0;
    long start = timed ? System.nanoTime() : 0;
    Object answer = null;
    Throwable thrown = null;
    try {
      answer =
          switch (step) {
            case IDENTIFY -> called.parser.identify(flow.flow(), direction, window);
            case OPEN -> called.parser.open(flow.flow(), flow);
            case DATA -> session == null ? Progress.LOST : session.data(direction, window);
            case GAP -> session == null ? Progress.LOST : session.gap(direction, bytes);
            case END -> {
              if (session != null) {
                session.end();
              }
              yield Progress.DONE;
            }
          };
    } catch (Throwable t) { // whatever a plugin throws costs its flow and nothing else
      thrown = t;
    }
    leave();
    inspection = null;
    parser = null;
    called.called();
    if (timed) {
      called.took(System.nanoTime() - start - excluded, weight);
    }
    if (thrown != null) {
      called.failed(describe(step, thrown));
    } else if (answer == null) {
      called.failed(step + " was answered with null");
    }
    return answer;
  }

  private void leave() {
    long now = position.get();
    if (now == ABANDONED || !position.compareAndSet(now, (now | 1) + 1)) {
      throw new AbandonedException();
    }
  }

  private void enter() {
    long now = position.get();
    if (now == ABANDONED || !position.compareAndSet(now, (now & ~1L) + 1)) {
      throw new AbandonedException();
    }
  }

  private static Progress progress(@Nullable Object answer) {
    return answer == null ? Progress.LOST : (Progress) answer;
  }

  /** True for one position in {@link Registration#SAMPLE}, scattered. */
  private boolean sampled() {
    return (position.get() * 0x9e3779b97f4a7c15L) >>> 60 == 0;
  }

  private static String describe(Step step, Throwable thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    return step + ": " + thrown + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
