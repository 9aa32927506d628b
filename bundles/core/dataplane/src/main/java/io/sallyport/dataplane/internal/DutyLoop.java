/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.kernel.Epoll;
import io.sallyport.kernel.EpollEvents;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.Wakeup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's share of all captures: waits for any of them, takes their packets along the road.
 * All state is here and not on the thread's stack, so that another thread can go on with it.
 */
final class DutyLoop implements OwnerThread.Work {
  private static final Logger LOG = LoggerFactory.getLogger(DutyLoop.class);

  private static final int PACKETS_AT_ONCE = 512;
  private static final int EVENTS_AT_ONCE = 64;
  private static final int TICK_MILLIS = 100;
  private static final int IDLE_MILLIS = 500;
  private static final long WAKEUP = 0;

  private final FlowLimits limits;
  private final FlowIds ids;
  private final Counters counters = new Counters();
  private final BiConsumer<Attachment, String> onFailure;
  private final Epoll epoll = Epoll.create();
  private final Wakeup wakeup = Wakeup.create();
  private final Queue<Consumer<FlowPath>> commands = new ConcurrentLinkedQueue<>();
  private final Map<Long, Attachment> attached = new HashMap<>();
  private final List<Attachment> alwaysReady = new ArrayList<>();
  private final ArrayDeque<Attachment> leaving = new ArrayDeque<>();
  private int lastNumber;
  private @Nullable FlowPath path;
  private volatile boolean stopped;

  /**
   * A loop without captures.
   *
   * @param onFailure told, on the owner thread, that a capture has come to its end and why
   */
  DutyLoop(FlowLimits limits, FlowIds ids, BiConsumer<Attachment, String> onFailure) {
    this.limits = limits;
    this.ids = ids;
    this.onFailure = onFailure;
    epoll.add(wakeup.fd(), Fd.POLLIN, WAKEUP);
  }

  Counters counters() {
    return counters;
  }

  /** Takes a capture over. Any thread. */
  void attach(Attachment attachment) {
    command(road -> enter(attachment, road));
  }

  /** Ends a capture and its flows. Any thread; does not wait. */
  void detach(Attachment attachment) {
    command(road -> leave(attachment));
  }

  /** Ends everything. Any thread; does not wait. */
  void stop() {
    stopped = true;
    wakeup.signal();
  }

  /** Frees what the loop holds, when its work is done. */
  void close() {
    epoll.close();
    wakeup.close();
  }

  @Override
  public void run(InspectionWorker worker) {
    FlowPath road = path;
    if (road == null) {
      road = new FlowPath(limits, ids, worker, counters);
      path = road;
    }
    EpollEvents events = new EpollEvents(EVENTS_AT_ONCE);
    while (!stopped) {
      try {
        turn(road, events);
      } catch (AbandonedException e) {
        throw e;
      } catch (RuntimeException e) {
        counters.add(Counter.INTERNAL_ERRORS);
        LOG.error("A duty loop of the datapath met an error and goes on", e);
      }
    }
    obey(road);
    attached.values().forEach(leaving::add);
    attached.clear();
    alwaysReady.clear();
    depart(road);
    road.finish();
  }

  @Override
  public void recover() {
    counters.add(Counter.OWNERS_ABANDONED);
    FlowPath road = path;
    if (road != null) {
      road.recover();
    }
  }

  private void turn(FlowPath road, EpollEvents events) {
    int wait = road.isEmpty() ? IDLE_MILLIS : TICK_MILLIS;
    int count = epoll.await(events, alwaysReady.isEmpty() ? wait : 0);
    for (int i = 0; i < count; i++) {
      long number = events.data(i);
      if (number == WAKEUP) {
        wakeup.clear();
      } else {
        Attachment ready = attached.get(number);
        if (ready != null) {
          poll(ready);
        }
      }
    }
    for (int i = alwaysReady.size() - 1; i >= 0; i--) {
      poll(alwaysReady.get(i));
    }
    obey(road);
    depart(road);
    road.advance(System.currentTimeMillis() * 1_000_000L);
  }

  private void obey(FlowPath road) {
    for (Consumer<FlowPath> next = commands.poll(); next != null; next = commands.poll()) {
      next.accept(road);
    }
  }

  private void poll(Attachment attachment) {
    PacketHandler handler = attachment.handler;
    if (handler == null) {
      return;
    }
    String reason;
    try {
      if (attachment.capture.poll(handler, PACKETS_AT_ONCE) >= 0) {
        return;
      }
      String problem = attachment.capture.problem();
      reason = problem.isEmpty() ? "the capture has ended" : problem;
    } catch (CaptureException e) {
      reason = String.valueOf(e.getMessage());
    } catch (AbandonedException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("The capture of {} failed", attachment.watch.target.name(), e);
      reason = "the capture failed: " + e;
    }
    counters.add(Counter.CAPTURES_FAILED);
    leave(attachment);
    onFailure.accept(attachment, reason);
  }

  private void enter(Attachment attachment, FlowPath road) {
    Watch watch = attachment.watch;
    Scope scope =
        new Scope(
            ++lastNumber,
            watch.workloadId,
            watch.observer,
            watch.target.fullBytes(),
            attachment.capture);
    attachment.scope = scope;
    attachment.handler = road.handler(scope);
    counters.add(Counter.CAPTURES_OPENED);
    int descriptor = attachment.capture.fileDescriptor();
    if (descriptor < 0) {
      alwaysReady.add(attachment);
    } else {
      // Only borrowed: the capture closes it.
      epoll.add(Fd.own(descriptor), Fd.POLLIN, scope.number());
    }
    attached.put((long) scope.number(), attachment);
  }

  private void leave(Attachment attachment) {
    Scope scope = attachment.scope;
    if (scope == null) {
      attachment.capture.close();
    } else if (attached.remove((long) scope.number()) != null) {
      leaving.add(attachment);
      if (!alwaysReady.remove(attachment)) {
        epoll.remove(Fd.own(attachment.capture.fileDescriptor()));
      }
    }
  }

  /** Ends the flows of captures that leave. One whose end gets lost in a parser is done again. */
  private void depart(FlowPath road) {
    for (Attachment first = leaving.peek(); first != null; first = leaving.peek()) {
      Scope scope = first.scope;
      if (scope != null) {
        road.end(scope);
      }
      first.capture.close();
      leaving.remove();
    }
  }

  private void command(Consumer<FlowPath> command) {
    commands.add(command);
    wakeup.signal();
  }
}
