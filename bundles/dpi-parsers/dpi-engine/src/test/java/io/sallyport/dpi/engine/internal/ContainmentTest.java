/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import static io.sallyport.dpi.engine.internal.Bench.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.Inspection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ContainmentTest {
  @Test
  void aSessionThatThrowsCostsItsFlowOnly() {
    Function<Sink, Session> broken =
        sink ->
            (direction, data) -> {
              if (data.at(0, "DEEP")) {
                overflow(1);
              }
              throw new IllegalStateException("as the test wants it");
            };
    try (Bench bench =
        new Bench(new Script(3001, "BAD", broken), new Script(3002, "DEEP", broken))) {
      Inspection flow = bench.open();
      client(flow, "BAD");
      assertThat(flow.application().name()).isEqualTo("BAD");
      assertThat(flow.wantsData()).isFalse();
      assertThat(flow.settled()).isFalse();
      Inspection deep = bench.open();
      client(deep, "DEEP");
      assertThat(bench.status("BAD").errors()).isEqualTo(1);
      assertThat(bench.status("BAD").problem()).contains("as the test wants it");
      assertThat(bench.status("DEEP").problem()).contains("StackOverflowError");
      assertThat(bench.status("BAD").state()).isEqualTo(ParserStatus.State.ACTIVE);
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void nullIsNoAnswer() {
    Function<Sink, Session> silent = sink -> nothing();
    try (Bench bench = new Bench(new Script(3001, "NULL", silent))) {
      Inspection flow = bench.open();
      client(flow, "NULL");
      assertThat(flow.wantsData()).isFalse();
      assertThat(bench.status("NULL").problem()).contains("null");
    }
  }

  @Test
  void aListenerThatThrowsIsNotTheParsersFault() {
    Function<Sink, Session> speaking =
        sink ->
            (direction, data) -> {
              sink.message(direction, Message.notice().with("a", "b"));
              return Progress.DONE;
            };
    try (Bench bench = new Bench(new Script(3001, "X", speaking))) {
      Inspection flow =
          bench.worker.open(
              Bench.flow(Transport.TCP, 4_000),
              new Bench.Quiet() {
                @Override
                public void message(Inspection same, Direction direction, Message message) {
                  throw new IllegalStateException("listener");
                }
              });
      client(flow, "X");
      assertThat(flow.settled()).isTrue();
      assertThat(bench.status("X").errors()).isZero();
      assertThat(bench.counter("listener_errors")).isEqualTo(1);
    }
  }

  @Test
  void aSinkIsDeafOutsideOfItsSessionsCalls() {
    AtomicReference<@Nullable Sink> kept = new AtomicReference<>();
    Function<Sink, Session> keeping =
        sink -> {
          kept.set(sink);
          return (direction, data) -> Progress.CONTINUE;
        };
    try (Bench bench = new Bench(new Script(3001, "K", keeping))) {
      client(bench.open(), "K");
      Sink sink = kept.get();
      assertThat(sink).isNotNull();
      assertThatThrownBy(() -> sink.message(Direction.TO_CLIENT, Message.notice()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aHangCostsOneFlowAndAThreadAndTheOthersGoOn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<@Nullable Throwable> afterwards = new AtomicReference<>();
    Function<Sink, Session> hanging =
        sink ->
            (direction, data) -> {
              while (release.getCount() > 0) {
                Thread.onSpinWait();
              }
              try {
                sink.message(direction, Message.notice().with("too", "late"));
              } catch (AbandonedException e) {
                afterwards.set(e);
              }
              return Progress.DONE;
            };
    AtomicReference<@Nullable Bench> made = new AtomicReference<>();
    AtomicReference<@Nullable Inspection> good = new AtomicReference<>();
    AtomicReference<@Nullable Inspection> bad = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> end = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(1);
    Thread owner =
        Thread.ofPlatform()
            .start(
                () -> {
                  Bench bench =
                      new Bench(new Script(3001, "HANG", hanging), new Script(3002, "GOOD"));
                  made.set(bench);
                  Inspection fine = bench.open();
                  client(fine, "GO");
                  good.set(fine);
                  Inspection stuck = bench.open();
                  bad.set(stuck);
                  ready.countDown();
                  try {
                    client(stuck, "HANG");
                  } catch (AbandonedException e) {
                    end.set(e);
                  }
                });
    ready.await();
    Bench bench = made.get();
    Inspection fine = good.get();
    Inspection stuck = bad.get();
    assertThat(bench).isNotNull();
    assertThat(fine).isNotNull();
    assertThat(stuck).isNotNull();
    try (bench) {
      bench.stuck.await();
      bench.worker.takeOver();
      client(fine, "OD");
      assertThat(fine.application().name()).isEqualTo("GOOD");
      assertThat(stuck.wantsData()).isFalse();
      assertThat(stuck.application().name()).isEqualTo("HANG");
      assertThat(bench.status("HANG").state()).isEqualTo(ParserStatus.State.SUSPENDED);
      assertThat(bench.status("HANG").hangs()).isEqualTo(1);
      Inspection next = bench.open();
      client(next, "HANG");
      assertThat(next.application()).isEqualTo(Application.UNKNOWN);
      release.countDown();
      owner.join();
      assertThat(afterwards.get()).isInstanceOf(AbandonedException.class);
      assertThat(end.get()).isInstanceOf(AbandonedException.class);
      assertThat(stuck.attributes()).isEmpty();
      assertThat(bench.status("HANG").errors()).isZero();
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void aSuspendedParserIsAskedAgainAndEachHangCostsMore() {
    long second = 1_000_000_000L;
    Registration parser = new Registration(new Script(3001, "R"), "t", "1", 0);
    parser.hung(0);
    assertThat(parser.asked()).isFalse();
    parser.wake(9 * second);
    assertThat(parser.asked()).isFalse();
    parser.wake(10 * second);
    assertThat(parser.asked()).isTrue();
    int era = parser.era();
    parser.hung(11 * second);
    parser.wake(30 * second);
    assertThat(parser.asked()).isFalse();
    assertThat(parser.era()).isEqualTo(era);
    parser.hung(30 * second);
    assertThat(parser.era()).as("a hang while suspended ends its sessions").isNotEqualTo(era);
    parser.wake(70 * second);
    assertThat(parser.asked()).isTrue();
    parser.hung(7_000 * second);
    parser.wake(7_010 * second);
    assertThat(parser.asked()).as("long good behaviour is forgiven").isTrue();
  }

  private static int overflow(int depth) {
    return depth == 0 ? 0 : overflow(depth + 1) + 1;
  }

  @SuppressWarnings("NullAway") // a plugin need not be compiled with it
  private static Session nothing() {
    return null;
  }
}
