/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.api.inspection.ProtocolEngine;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that one thread at a time owns, and that outlives its thread: when a parser does not return,
 * that thread is given up and another goes on with the same work. Should the lost thread ever come
 * back, the engine's exception takes it out of here without touching anything.
 */
final class OwnerThread {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerThread.class);

  /** The work, as its owners see it. */
  interface Work {
    /** Does the work to its end. Called again, by another thread, after each {@link #recover}. */
    void run(InspectionWorker worker);

    /** Called by a thread that takes over, before it runs. */
    void recover();
  }

  private final String name;
  private final ProtocolEngine engine;
  private final Work work;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  OwnerThread(String name, ProtocolEngine engine, Work work) {
    this.name = name;
    this.engine = engine;
    this.work = work;
  }

  /** Starts the first owner. */
  void start() {
    thread(
            () ->
                own(
                    () -> {
                      InspectionWorker worker = engine.worker(name, this::stuck);
                      work.run(worker);
                      worker.close();
                    }))
        .start();
  }

  /** Completes when the work has come to its end, with its error if it has failed. */
  CompletableFuture<Void> done() {
    return done;
  }

  private void stuck(InspectionWorker worker, String application) {
    LOG.error(
        "The parser of {} does not return: its thread in {} is given up, another goes on",
        application,
        name);
    VarHandle.acquireFence();
    thread(
            () ->
                own(
                    () -> {
                      worker.takeOver();
                      work.recover();
                      work.run(worker);
                      worker.close();
                    }))
        .start();
  }

  private void own(Runnable body) {
    try {
      body.run();
      done.complete(null);
    } catch (AbandonedException e) {
      LOG.info("A thread of {} that was given up has come back and ends", name);
    } catch (RuntimeException | Error e) {
      done.completeExceptionally(e);
    }
  }

  private Thread thread(Runnable body) {
    return Thread.ofPlatform().daemon().name(name).unstarted(body);
  }
}
