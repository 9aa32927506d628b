/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.network.MapView;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who follows the map, on a thread of its own: however slow it is, it holds up nobody, and gets
 * what it missed as one change.
 */
final class MapFollower implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(MapFollower.class);

  private final Supplier<MapSnapshot> draw;
  private final Consumer<MapView> listener;
  private final Runnable closed;
  private final Duration pause;
  private final Thread thread;
  private long signalled;

  /**
   * A follower that rests until it is started.
   *
   * @param pause the shortest time between two changes
   * @param closed run when it ends
   */
  MapFollower(
      Supplier<MapSnapshot> draw, Consumer<MapView> listener, Duration pause, Runnable closed) {
    this.draw = draw;
    this.listener = listener;
    this.pause = pause;
    this.closed = closed;
    this.thread = Thread.ofVirtual().name("map-follower").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The picture has changed. Does not wait. */
  synchronized void signal() {
    signalled++;
    notifyAll();
  }

  @Override
  public void close() {
    closed.run();
    thread.interrupt();
  }

  private void run() {
    try {
      follow();
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    } catch (RuntimeException e) {
      LOG.warn("A follower of the map failed and gets no more changes", e);
      close();
    }
  }

  private void follow() throws InterruptedException {
    long seen = signals();
    MapSnapshot shown = draw.get();
    long revision = 1;
    listener.accept(shown.whole(revision));
    while (!thread.isInterrupted()) {
      Thread.sleep(pause);
      seen = awaitSignal(seen);
      MapSnapshot now = draw.get();
      MapView change = now.since(shown, revision + 1);
      if (!change.empty() || now.truncated() != shown.truncated()) {
        revision++;
        listener.accept(change);
      }
      shown = now;
    }
  }

  private synchronized long signals() {
    return signalled;
  }

  private synchronized long awaitSignal(long seen) throws InterruptedException {
    while (signalled == seen) {
      wait();
    }
    return signalled;
  }
}
