/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
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
 * SessionReader}.
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
  private @Nullable SessionReader reader;
  private byte switches;
  private boolean replaying;
  private boolean wrapped;

  FlowInspection(Worker worker, Flow flow, InspectionListener listener) {
    this.worker = worker;
    this.flow = flow;
    this.listener = listener;
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
    SessionReader reading = reader;
    if (state == State.READING && reading != null) {
      reading.end(owner);
    }
    finish(State.ENDED);
  }

  @Override
  public boolean wantsData() {
    return state == State.NEW || state == State.UNDECIDED || state == State.READING;
  }

  @Override
  public boolean settled() {
    return wrapped || state == State.DONE || state == State.UNKNOWN || state == State.ENDED;
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
    worker.tell(() -> listener.message(this, direction, bounded));
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
    if (reader != null) {
      reader.abandon();
      reader = null;
    }
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
    Registration chosen = waiting.ask(owner, this, inPlace, direction, memory, offset, length);
    while (chosen != null) {
      // The new bytes are given from where they lie, whole; their copy must not be replayed.
      waiting.takeBack(direction, kept);
      if (!rejected(owner, waiting, chosen, direction, memory, offset, length)) {
        return;
      }
      waiting.exclude(chosen);
      kept = inPlace ? 0 : waiting.append(worker.buffers, direction, memory, offset, length);
      chosen = waiting.ask(owner, this, inPlace, direction, memory, offset, length);
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
    name(chosen.application);
    Session session = owner.open(this, chosen);
    reader = session == null ? null : new SessionReader(worker, this, chosen, session);
    state = session == null ? State.LOST : State.READING;
    replaying = true;
    worker.replays(waiting);
    replay(owner, waiting);
    accept(owner, direction, memory, offset, length);
    worker.replays(null);
    replaying = false;
    if (state != State.REJECTED) {
      chosen.recognised();
      worker.release(waiting);
      return false;
    }
    name(former);
    stopReading();
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
    SessionReader reading = reader;
    if (reading != null) {
      Progress progress = reading.read(owner, direction, memory, offset, length);
      int unread = reading.unread();
      conclude(owner, progress, direction, memory, offset + length - unread, unread);
    }
  }

  private void tellGap(Owner owner, Direction direction, long bytes) {
    SessionReader reading = reader;
    if (reading != null) {
      Progress progress = reading.gap(owner, direction, bytes);
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
          name(Application.UNKNOWN);
          finish(State.UNKNOWN);
        }
      }
      case SWITCH -> startOver(owner, direction, memory, offset, length);
      case WRAPPED -> {
        wrapped = true;
        startOver(owner, direction, memory, offset, length);
      }
    }
  }

  /** The flow speaks something else from here on: whoever it is gets what is left over first. */
  private void startOver(
      Owner owner, Direction direction, MemorySegment memory, long offset, int length) {
    SessionReader former = reader;
    replaying = false;
    reader = null;
    Direction other = direction.reverse();
    Buffer first = former == null ? null : former.take(other);
    Buffer second = former == null ? null : former.take(direction);
    switches++;
    state = State.NEW;
    if (switches > SWITCHES) {
      worker.counters().count(Cut.SWITCHES);
      finish(State.LOST);
    }
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

  private void finish(State last) {
    if (last == State.UNKNOWN && !application.known()) {
      worker.counters().count(Cut.UNKNOWN);
    }
    state = last;
    if (undecided != null) {
      worker.release(undecided);
      undecided = null;
    }
    stopReading();
  }

  private void stopReading() {
    if (reader != null) {
      reader.free();
      reader = null;
    }
  }

  private void name(Application newName) {
    // By hand, as a record's own comparison costs as much as all else here before it is compiled.
    boolean same = application.id() == newName.id() && application.name().equals(newName.name());
    if (!wrapped && !same) {
      application = newName;
      worker.tell(() -> listener.identified(this, newName));
    }
  }
}
