/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.dpi.PortHints;
import io.sallyport.api.dpi.ProtocolParser;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One parser that is deployed, with its account and its standing. Safe on any thread. */
final class Registration {
  /** Highest service ranking first, then by name. */
  static final Comparator<Registration> ORDER =
      Comparator.<Registration>comparingInt(r -> -r.ranking)
          .thenComparing(r -> r.application.name());

  /** One call in so many is timed once a parser has been called often; it then counts as many. */
  static final int SAMPLE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Registration.class);
  private static final long FIRST_REST = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_REST = TimeUnit.MINUTES.toNanos(10);
  private static final int TIMED_ALWAYS = 1_000;

  final ProtocolParser parser;
  final Application application;
  final Set<Transport> transports;
  final PortHints hints;

  private final String bundle;
  private final String version;
  private final int ranking;
  private final LongAdder flows = new LongAdder();
  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private long hangs;
  private long rest = FIRST_REST;
  private long restsUntil;
  private volatile int sampling = 1;
  private volatile boolean resting;
  private volatile boolean gone;
  private volatile int era;
  private volatile String problem = "";

  /**
   * Asks the parser, once, what it names and speaks.
   *
   * @throws NullPointerException when it answers null to any of it
   */
  Registration(ProtocolParser parser, String bundle, String version, int ranking) {
    this.parser = parser;
    this.bundle = bundle;
    this.version = version;
    this.ranking = ranking;
    this.application = Objects.requireNonNull(parser.application(), "application() is null");
    this.transports =
        Set.copyOf(Objects.requireNonNull(parser.transports(), "transports() is null"));
    this.hints = Objects.requireNonNull(parser.hints(), "hints() is null");
  }

  /** Whether flows may be offered to it now. */
  boolean asked() {
    return !resting && !gone;
  }

  /**
   * A number that changes when sessions which began before must not be called any more: the parser
   * has left, or it hung although it was already suspended.
   */
  int era() {
    return era;
  }

  /** How many calls one timed call stands for. */
  int sampling() {
    return sampling;
  }

  void recognised() {
    flows.increment();
  }

  void called() {
    calls.increment();
  }

  void took(long elapsed, int weight) {
    nanos.add(elapsed * weight);
    if (weight == 1 && calls.sum() > TIMED_ALWAYS) {
      sampling = SAMPLE;
    }
  }

  /** A call threw or gave an answer that is none. */
  void failed(String what) {
    errors.increment();
    problem = what;
    long count = errors.sum();
    if (Long.bitCount(count) == 1) {
      LOG.warn(
          "Parser {} ({} {}) has failed {} time(s), each has cost one flow; the last: {}",
          application,
          bundle,
          version,
          count,
          what);
    }
  }

  /** A call did not return. */
  synchronized void hung(long now) {
    hangs++;
    called();
    if (resting) {
      era++;
    }
    // A long spell of good behaviour is forgiven, or one bad day would cost ten minutes for ever.
    if (hangs > 1 && now - restsUntil > LONGEST_REST) {
      rest = FIRST_REST;
    }
    resting = true;
    restsUntil = now + rest;
    problem = "did not return from a call; rests for " + rest / 1_000_000_000L + " s";
    LOG.warn("Parser {} ({} {}) {}", application, bundle, version, problem);
    rest = Math.min(rest * 2, LONGEST_REST);
  }

  /** Ends the rest when its time has come. */
  synchronized void wake(long now) {
    if (resting && now - restsUntil >= 0) {
      resting = false;
    }
  }

  /** The parser has left. */
  synchronized void leave() {
    gone = true;
    era++;
  }

  synchronized ParserStatus status() {
    return new ParserStatus(
        application,
        bundle,
        version,
        resting ? ParserStatus.State.SUSPENDED : ParserStatus.State.ACTIVE,
        flows.sum(),
        calls.sum(),
        nanos.sum(),
        errors.sum(),
        hangs,
        problem);
  }
}
