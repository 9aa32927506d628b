/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.PacketHandler;
import io.sallyport.api.inspection.InspectionWorker;
import java.lang.foreign.MemorySegment;

/**
 * The road of packets of one owner thread: decoded, put to flows, reassembled, inspected, reported.
 * Another thread may take over when the owner is lost in a parser; {@link #recover} is its first
 * call.
 */
final class FlowPath {
  /** How often what is silent is looked for and what has changed is reported. */
  static final long INTERVAL = 500_000_000L;

  private static final long TICK = 100_000_000L;
  private static final long FRAGMENT_TIMEOUT = 30_000_000_000L;

  private final PacketClock clock = new PacketClock();
  private final Counters counters;
  private final Fragments fragments;
  private final Decoder decoder;
  private final FlowTracker tracker;
  private final Reporter reporter;
  private final OmittedPackets omitted;
  private long lastTick;
  private long lastInterval;

  FlowPath(FlowLimits limits, FlowIds ids, InspectionWorker worker, Counters counters) {
    this.counters = counters;
    this.reporter = new Reporter(limits.live(), counters);
    this.omitted = new OmittedPackets(reporter, clock);
    IdleLists idle = new IdleLists(limits.live());
    Inspector inspector = new Inspector(worker, reporter, counters);
    Reassembler reassembler =
        new Reassembler(new SegmentPool(limits.reassemblyBytes()), inspector, counters);
    this.tracker =
        new FlowTracker(
            limits,
            ids,
            idle,
            new TcpTracker(reassembler, idle),
            inspector,
            reporter,
            omitted,
            clock,
            counters);
    this.fragments = new Fragments(limits.maxDatagrams(), FRAGMENT_TIMEOUT, clock, counters);
    this.decoder = new Decoder(fragments, tracker, counters);
  }

  /** Takes the packets of a scope. */
  PacketHandler handler(Scope scope) {
    return (memory, offset, captured, wire, link, nanos) ->
        packet(scope, memory, offset, captured, wire, link, nanos);
  }

  private void packet(
      Scope scope,
      MemorySegment memory,
      long offset,
      int captured,
      int wire,
      int link,
      long nanos) {
    counters.add(Counter.PACKETS);
    counters.add(Counter.BYTES, wire);
    advance(nanos);
    decoder.decode(scope, memory, offset, captured, wire, link);
  }

  /** Lets time pass, to a timestamp in nanoseconds. */
  void advance(long timestamp) {
    clock.observe(timestamp);
    long now = clock.now();
    if (now - lastTick >= TICK) {
      lastTick = now;
      tick(now);
    }
  }

  /** Whether there is no flow. */
  boolean isEmpty() {
    return tracker.size() == 0;
  }

  /** Ends all flows of a scope and reports them. */
  void end(Scope scope) {
    tracker.endAll(scope);
  }

  /** Ends all flows and reports them. */
  void finish() {
    decoder.flushFragments();
    tracker.endAll(null);
  }

  /** The first call of a thread that takes over. */
  void recover() {
    fragments.recover();
    tracker.recover();
  }

  private void tick(long now) {
    decoder.expireFragments();
    tracker.expire();
    if (now - lastInterval >= INTERVAL) {
      lastInterval = now;
      omitted.refresh();
      reporter.flush();
    }
  }
}
