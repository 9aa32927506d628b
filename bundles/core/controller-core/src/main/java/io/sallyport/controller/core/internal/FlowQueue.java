/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.link.FlowMessage;
import io.sallyport.api.network.NetworkModel.FlowFollower;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who follows flows, on a thread of its own behind a bounded queue; what does not fit is left
 * out and told as a number.
 */
final class FlowQueue implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(FlowQueue.class);
  private static final int CAPACITY = 4_096;

  /** One who never catches up is told now and then how much it misses. */
  private static final int TOLD_EVERY = 1_024;

  private final Predicate<FlowRecord> filter;
  private final FlowFollower follower;
  private final Runnable closed;
  private final Thread thread;
  private final ArrayDeque<Consumer<FlowFollower>> waiting = new ArrayDeque<>();
  private long missed;
  private int sinceTold;

  FlowQueue(Predicate<FlowRecord> filter, FlowFollower follower, Runnable closed) {
    this.filter = filter;
    this.follower = follower;
    this.closed = closed;
    this.thread = Thread.ofVirtual().name("flow-follower").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void offer(String nodeId, FlowRecord flow) {
    if (wanted(flow)) {
      offer(to -> to.flow(nodeId, flow));
    }
  }

  void offer(String nodeId, FlowMessage message) {
    if (wanted(message.flow())) {
      offer(to -> to.message(nodeId, message));
    }
  }

  @Override
  public void close() {
    closed.run();
    thread.interrupt();
  }

  private boolean wanted(FlowRecord flow) {
    try {
      return filter.test(flow);
    } catch (RuntimeException e) {
      LOG.warn("A filter of flows failed; its follower gets no more of them", e);
      close();
      return false;
    }
  }

  private synchronized void offer(Consumer<FlowFollower> item) {
    if (waiting.size() >= CAPACITY) {
      missed++;
    } else {
      waiting.add(item);
      notifyAll();
    }
  }

  private void run() {
    try {
      while (!thread.isInterrupted()) {
        next().accept(follower);
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    } catch (RuntimeException e) {
      LOG.warn("A follower of flows failed and gets no more of them", e);
      close();
    }
  }

  private synchronized Consumer<FlowFollower> next() throws InterruptedException {
    while (true) {
      if (missed > 0 && (waiting.isEmpty() || sinceTold >= TOLD_EVERY)) {
        long count = missed;
        missed = 0;
        sinceTold = 0;
        return to -> to.missed(count);
      }
      Consumer<FlowFollower> item = waiting.poll();
      if (item != null) {
        sinceTold++;
        return item;
      }
      wait();
    }
  }
}
