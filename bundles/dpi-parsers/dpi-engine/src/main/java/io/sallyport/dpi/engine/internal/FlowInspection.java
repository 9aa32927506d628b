/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.dpi.engine.internal.Counters.Cut;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One flow: first undecided, then read by a session, then done with. Small, as there are many; what
 * only the undecided need lives in {@link Undecided}, and what a session leaves over in {@link
 * Remainders}.
 */
final class FlowInspection implements Inspection, Sink {
  /** How often a flow may change its protocol. */
  private static final int SWITCHES = 8;

  private static final Direction[] DIRECTIONS = Direction.values();

  private enum State {
    /** No bytes yet. */
    NEW,
    /** Parsers are being asked. */
    UNDECIDED,
    /** A session reads. */
    READING,
    /** The session has said that this is not its protocol, while the beginning is still at hand. */
    REJECTED,
    /** Nobody recognises it, or what it has switched to. */
    UNKNOWN,
    /** Nothing that follows matters. */
    DONE,
    /** Reading ended early; the name stays. */
    LOST,
    /** The flow is over. */
    ENDED
  }

  private final Worker worker;
  private final Flow flow;
  private final InspectionListener listener;
  private State state = State.NEW;
  private Application application = Application.UNKNOWN;
  private @Nullable Attributes attributes;
  private @Nullable Undecided undecided;
  private @Nullable Registration reader;
  private @Nullable Session session;
  private final Remainders remainders;
  private int era;
  private byte switches;
  private boolean replaying;

  FlowInspection(Worker worker, Flow flow, InspectionListener listener) {
    this.worker = worker;
    this.flow = flow;
    this.listener = listener;
    this.remainders = new Remainders(worker.buffers);
  }

  Flow flow() {
    return flow;
  }

  @Override
  public void data(Direction direction, MemorySegment memory, long offset, int length) {
    Owner owner = worker.owner();
    if (length > 0) {
      accept(owner, direction, memory, offset, length);
    }
  }

  @Override
  public void gap(Direction direction, long bytes) {
    Owner owner = worker.owner();
    Undecided waiting = undecided;
    if (state == State.UNDECIDED && waiting != null) {
      if (waiting.head(direction) != null) {
        waiting.lose(direction, bytes);
        giveUpIfHopeless(waiting);
      }
    } else if (state == State.READING) {
      tellGap(owner, direction, bytes);
    }
  }

  @Override
  public void end() {
    Owner owner = worker.owner();
    Session open = session;
    Registration parser = reader;
    if (state == State.READING && open != null && parser != null && parser.era() == era) {
      owner.end(this, parser, open);
    }
    finish(State.ENDED);
  }

  @Override
  public boolean wantsData() {
    return state == State.NEW || state == State.UNDECIDED || state == State.READING;
  }

  @Override
  public boolean settled() {
    return state == State.DONE || state == State.UNKNOWN || state == State.ENDED;
  }

  @Override
  public Application application() {
    return application;
  }

  @Override
  public Map<String, List<String>> attributes() {
    if (attributes == null) {
      attributes = new Attributes();
    }
    return attributes;
  }

  /** What a session says, from within its calls. */
  @Override
  public void message(Direction direction, Message message) {
    Owner owner = worker.owner();
    if (!owner.inside(this)) {
      throw new IllegalStateException("a session may speak within its own calls only");
    }
    if (attributes == null) {
      attributes = new Attributes();
    }
    Message bounded = MessageBounds.apply(message, attributes, worker.counters());
    owner.stepOut();
    tell(() -> listener.message(this, direction, bounded));
    owner.stepIn();
  }

  /**
   * Ends the inspection in whose plugin a thread was lost; that thread may still read its bytes.
   */
  void abandon() {
    Undecided waiting = undecided;
    if (waiting != null) {
      waiting.abandon(worker.buffers);
      undecided = null;
    }
    remainders.forget();
    session = null;
    state = State.LOST;
  }

  private void accept(
      Owner owner, Direction direction, MemorySegment memory, long offset, int length) {
    switch (state) {
      case NEW -> {
        Undecided waiting = worker.undecided(flow);
        undecided = waiting;
        state = State.UNDECIDED;
        identify(owner, waiting, direction, memory, offset, length);
      }
      case UNDECIDED -> {
        if (undecided != null) {
          identify(owner, undecided, direction, memory, offset, length);
        }
      }
      case READING -> read(owner, direction, memory, offset, length);
      case REJECTED, UNKNOWN, DONE, LOST, ENDED -> {}
    }
  }

  // ---- nobody has recognised it yet

  private void identify(
      Owner owner,
      Undecided waiting,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    if (waiting.frozen(direction)) {
      waiting.lose(direction, length);
      return;
    }
    boolean stream = Worker.stream(flow);
    boolean inPlace = !stream || waiting.head(direction) == null;
    int kept = inPlace ? 0 : waiting.append(worker.buffers, direction, memory, offset, length);
    Registration chosen = ask(owner, waiting, inPlace, direction, memory, offset, length);
    while (chosen != null) {
      // The new bytes are given from where they lie, whole; their copy must not be replayed.
      waiting.takeBack(direction, kept);
      if (!rejected(owner, waiting, chosen, direction, memory, offset, length)) {
        return;
      }
      waiting.exclude(chosen);
      kept = inPlace ? 0 : waiting.append(worker.buffers, direction, memory, offset, length);
      chosen = ask(owner, waiting, inPlace, direction, memory, offset, length);
    }
    if (waiting.left() == 0) {
      finish(State.UNKNOWN);
      return;
    }
    if (inPlace) {
      kept = waiting.append(worker.buffers, direction, memory, offset, length);
    }
    if (kept < 0) {
      worker.counters().count(Cut.BUFFERS);
      finish(State.UNKNOWN);
      return;
    }
    waiting.note(direction, kept, stream);
    if (kept < length && stream) {
      waiting.lose(direction, length - (long) kept);
    }
    giveUpIfHopeless(waiting);
  }

  private void giveUpIfHopeless(Undecided waiting) {
    if (waiting.hopeless()) {
      finish(State.UNKNOWN);
    }
  }

  private @Nullable Registration ask(
      Owner owner,
      Undecided waiting,
      boolean inPlace,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    Buffer head = inPlace ? null : waiting.head(direction);
    int place = 0;
    while (place < waiting.left()) {
      Registration candidate = waiting.candidate(place);
      Match match =
          candidate.asked()
              ? head == null
                  ? owner.identify(this, candidate, direction, memory, offset, length)
                  : owner.identify(
                      this, candidate, direction, head.memory, head.start(), head.length())
              : Match.NO;
      switch (match) {
        case YES -> {
          return candidate;
        }
        case NO -> waiting.exclude(place);
        case MORE -> place++;
      }
    }
    return null;
  }

  /** Gives the flow to a parser, from the beginning; answers whether it has sent it back. */
  private boolean rejected(
      Owner owner,
      Undecided waiting,
      Registration chosen,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    Application former = application;
    undecided = null;
    reader = chosen;
    era = chosen.era();
    chosen.recognised();
    name(chosen.application);
    session = owner.open(this, chosen);
    state = session == null ? State.LOST : State.READING;
    replaying = true;
    replay(owner, waiting);
    accept(owner, direction, memory, offset, length);
    replaying = false;
    if (state != State.REJECTED) {
      worker.release(waiting);
      return false;
    }
    name(former);
    reader = null;
    session = null;
    remainders.free();
    undecided = waiting;
    state = State.UNDECIDED;
    return true;
  }

  private void replay(Owner owner, Undecided waiting) {
    int[] at = new int[2];
    for (int piece = 0; piece < waiting.pieceCount(); piece++) {
      Direction direction = waiting.pieceDirection(piece);
      Buffer head = waiting.head(direction);
      int length = waiting.pieceLength(piece);
      if (head != null) {
        accept(
            owner,
            direction,
            head.memory,
            head.start() + (long) at[Undecided.index(direction)],
            length);
      }
      at[Undecided.index(direction)] += length;
    }
    for (Direction direction : DIRECTIONS) {
      if (waiting.lost(direction) > 0 && state == State.READING) {
        tellGap(owner, direction, waiting.lost(direction));
      }
    }
  }

  // ---- a session reads

  private void read(
      Owner owner, Direction direction, MemorySegment memory, long offset, int length) {
    Session open = session;
    Registration parser = reader;
    if (open == null || parser == null || parser.era() != era) {
      worker.counters().count(Cut.ORPHANS);
      finish(State.LOST);
      return;
    }
    long at = offset;
    int left = length;
    while (left > 0 && state == State.READING && session == open) {
      Buffer kept = remainders.get(direction);
      if (kept == null) {
        Progress progress = owner.data(this, parser, open, direction, memory, at, left);
        int used = owner.consumed();
        at += used;
        left -= used;
        if (progress != Progress.CONTINUE) {
          conclude(owner, progress, direction, memory, at, left);
        } else if (left > 0 && Worker.stream(flow)) {
          keep(direction, memory, at, left);
        }
        return;
      }
      int room = Math.min(left, BufferPool.LARGEST - kept.length());
      kept = remainders.append(direction, memory, at, room);
      if (kept == null) {
        cut(Cut.BUFFERS);
        return;
      }
      at += room;
      left -= room;
      Progress progress =
          owner.data(this, parser, open, direction, kept.memory, kept.start(), kept.length());
      remainders.drop(direction, owner.consumed());
      if (progress != Progress.CONTINUE) {
        conclude(owner, progress, direction, memory, at, left);
      } else if (owner.consumed() == 0 && kept.length() == BufferPool.LARGEST) {
        cut(Cut.REMAINDERS);
      }
    }
  }

  private void keep(Direction direction, MemorySegment memory, long offset, int length) {
    if (length >= BufferPool.LARGEST) {
      cut(Cut.REMAINDERS);
    } else if (remainders.append(direction, memory, offset, length) == null) {
      cut(Cut.BUFFERS);
    }
  }

  private void tellGap(Owner owner, Direction direction, long bytes) {
    Session open = session;
    Registration parser = reader;
    remainders.free(direction);
    if (open == null || parser == null || parser.era() != era) {
      worker.counters().count(Cut.ORPHANS);
      finish(State.LOST);
      return;
    }
    Progress progress = owner.gap(this, parser, open, direction, bytes);
    if (progress != Progress.CONTINUE) {
      conclude(owner, progress, direction, MemorySegment.NULL, 0, 0);
    }
  }

  private void conclude(
      Owner owner,
      Progress progress,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    switch (progress) {
      case CONTINUE -> {}
      case DONE -> finish(State.DONE);
      case LOST -> finish(State.LOST);
      case NOT_MINE -> {
        if (switches == 0 && attributes != null) {
          attributes.forget();
        }
        if (replaying) {
          state = State.REJECTED;
        } else {
          finish(State.UNKNOWN);
          name(Application.UNKNOWN);
        }
      }
      case SWITCH -> startOver(owner, direction, memory, offset, length);
    }
  }

  /** The flow speaks something else from here on: whoever it is gets what is left over first. */
  private void startOver(
      Owner owner, Direction direction, MemorySegment memory, long offset, int length) {
    replaying = false;
    session = null;
    reader = null;
    if (switches == SWITCHES) {
      cut(Cut.SWITCHES);
      return;
    }
    switches++;
    state = State.NEW;
    Direction other = direction.reverse();
    Buffer first = remainders.take(other);
    Buffer second = remainders.take(direction);
    if (first != null) {
      accept(owner, other, first.memory, first.start(), first.length());
      worker.buffers.give(first);
    }
    if (second != null) {
      accept(owner, direction, second.memory, second.start(), second.length());
      worker.buffers.give(second);
    }
    if (length > 0) {
      accept(owner, direction, memory, offset, length);
    }
  }

  private void cut(Cut why) {
    worker.counters().count(why);
    finish(State.LOST);
  }

  private void finish(State last) {
    if (last == State.UNKNOWN) {
      worker.counters().count(Cut.UNKNOWN);
    }
    state = last;
    if (undecided != null) {
      worker.release(undecided);
      undecided = null;
    }
    remainders.free();
    session = null;
    reader = null;
  }

  private void name(Application newName) {
    if (!application.equals(newName)) {
      application = newName;
      tell(() -> listener.identified(this, newName));
    }
  }

  /** A listener that throws is not the packet path's problem, but it must not go unseen. */
  @SuppressWarnings("CatchingUnchecked")
  private void tell(Runnable news) {
    try {
      news.run();
    } catch (AbandonedException e) {
      throw e;
    } catch (RuntimeException e) {
      worker.listenerFailed(e);
    }
  }
}
