/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.api.inspection.ProtocolEngine.StuckListener;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inspections of one thread, with what they share: buffers, scratch space, the owner. */
final class Worker implements InspectionWorker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long BUFFER_BYTES = 64L * 1024 * 1024;
  private static final int IDLE_UNDECIDED = 1_024;

  final BufferPool buffers = new BufferPool(BUFFER_BYTES);

  private final DpiEngine engine;
  private final String name;
  private final StuckListener onStuck;
  private final ArrayDeque<Undecided> idle = new ArrayDeque<>();
  private @Nullable Undecided replayed;
  private long listenerFailures;
  private volatile Owner owner = new Owner();

  Worker(DpiEngine engine, String name, StuckListener onStuck) {
    this.engine = engine;
    this.name = name;
    this.onStuck = onStuck;
  }

  @Override
  public Inspection open(Flow flow, InspectionListener listener) {
    owner();
    return new FlowInspection(this, flow, listener);
  }

  @Override
  public void takeOver() {
    Owner former = owner;
    former.retire();
    FlowInspection victim = former.victim();
    owner = new Owner();
    if (victim != null) {
      victim.abandon();
    }
    if (replayed != null) {
      replayed.abandon(buffers);
      replayed = null;
    }
  }

  @Override
  public void close() {
    owner.retire();
    engine.close(this);
  }

  /**
   * The calling thread's standing as owner.
   *
   * @throws AbandonedException when another thread has taken over
   */
  Owner owner() {
    Owner now = owner;
    if (now.thread != Thread.currentThread()) {
      throw new AbandonedException();
    }
    return now;
  }

  /** The place of a flow that nobody has recognised yet. */
  Undecided undecided(Flow flow) {
    Undecided undecided = idle.pollLast();
    if (undecided == null) {
      undecided = new Undecided();
    }
    undecided.begin(engine.chain(flow.transport()), flow);
    return undecided;
  }

  /** Takes it back, with its buffers. */
  void release(Undecided undecided) {
    undecided.clear(buffers);
    if (idle.size() < IDLE_UNDECIDED) {
      idle.addLast(undecided);
    }
  }

  /** Notes whose beginning is being given to a session just now. */
  void replays(@Nullable Undecided beginning) {
    replayed = beginning;
  }

  Counters counters() {
    return engine.cuts();
  }

  /**
   * Tells a listener something. One that throws is not the packet path's problem, but is told in
   * the log, the first time and then ever more rarely.
   */
  void tell(Runnable news) {
    try {
      news.run();
    } catch (AbandonedException e) {
      throw e;
    } catch (RuntimeException e) {
      counters().count(Counters.Cut.LISTENERS);
      listenerFailures++;
      if (Long.bitCount(listenerFailures) == 1) {
        LOG.error(
            "A listener of {} has failed {} time(s): {}", name, listenerFailures, e.toString());
      }
    }
  }

  static boolean stream(Flow flow) {
    return flow.transport() == Transport.TCP;
  }

  /** For the watchdog: gives the owner up when it has been in one call for too long. */
  void watch(int patience, long now) {
    Owner watched = owner;
    if (!watched.abandonAfter(patience)) {
      return;
    }
    Registration culprit = watched.culprit();
    String application = culprit == null ? "" : culprit.application.name();
    LOG.warn(
        "Thread {} of {} does not return from parser {}: it is abandoned, its flows go to another",
        watched.thread.getName(),
        name,
        application);
    if (culprit != null) {
      culprit.hung(now);
    }
    try {
      onStuck.stuck(this, application);
    } catch (RuntimeException e) {
      LOG.error("The owner of {} could not be replaced: {}", name, e.toString());
    }
  }
}
