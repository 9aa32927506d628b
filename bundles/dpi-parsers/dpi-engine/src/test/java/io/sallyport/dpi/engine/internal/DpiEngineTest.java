/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import static io.sallyport.dpi.engine.internal.Bench.client;
import static io.sallyport.dpi.engine.internal.Bench.server;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.PortHints;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import io.sallyport.api.inspection.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DpiEngineTest {
  /** Says everything it is offered, and consumes it. */
  private static Session echo(Sink sink) {
    return (direction, data) -> {
      sink.message(direction, Message.notice().with("text", data.text(0, data.length())));
      data.consumeAll();
      return Progress.CONTINUE;
    };
  }

  @Test
  void givesTheSessionEverythingFromTheBeginningInOrder() {
    try (Bench bench = new Bench(new Script(3001, "HELLO", DpiEngineTest::echo))) {
      Inspection flow = bench.open();
      client(flow, "HE");
      server(flow, "HEL");
      client(flow, "LL");
      assertThat(flow.application()).isEqualTo(Application.UNKNOWN);
      client(flow, "O and more");
      server(flow, "yes");
      assertThat(bench.told)
          .containsExactly(
              "identified HELLO",
              "TO_SERVER HE",
              "TO_CLIENT HEL",
              "TO_SERVER LL",
              "TO_SERVER O and more",
              "TO_CLIENT yes");
      assertThat(bench.worker.buffers.inUse()).isZero();
      assertThat(flow.wantsData()).isTrue();
      assertThat(flow.settled()).isFalse();
    }
  }

  @Test
  void asksByPortThenByRankingThenByName() {
    List<String> asked = new ArrayList<>();
    class Recording implements ProtocolParser {
      private final String name;
      private final int port;

      Recording(String name, int port) {
        this.name = name;
        this.port = port;
      }

      @Override
      public Application application() {
        return new Application(3000, name);
      }

      @Override
      public PortHints hints() {
        return PortHints.ports(port);
      }

      @Override
      public Match identify(Flow flow, Direction direction, Bytes head) {
        asked.add(name);
        return Match.NO;
      }

      @Override
      public Session open(Flow flow, Sink sink) {
        throw new IllegalStateException("nobody asked for it");
      }
    }
    try (Bench bench = new Bench()) {
      bench.engine.add(new Recording("b", 1), "t", "1");
      bench.engine.add(new Recording("a", 1), "t", "1");
      bench.engine.add(new Recording("late", 4_000), "t", "1");
      Inspection flow = bench.open();
      client(flow, "x");
      assertThat(asked).containsExactly("late", "a", "b");
      assertThat(flow.wantsData()).isFalse();
      assertThat(flow.settled()).isTrue();
      assertThat(bench.counter("flows_unknown")).isEqualTo(1);
    }
  }

  @Test
  void copesWithManyParsers() {
    Script[] parsers = new Script[200];
    for (int i = 0; i < parsers.length; i++) {
      parsers[i] = new Script(3000 + i, "P" + i + ";");
    }
    try (Bench bench = new Bench(parsers)) {
      Inspection flow = bench.open();
      client(flow, "P1");
      client(flow, "77;");
      assertThat(flow.application().name()).isEqualTo("P177;");
    }
  }

  @Test
  void offersAgainWhatWasNotConsumed() {
    Function<Sink, Session> lines =
        sink ->
            (direction, data) -> {
              int end = data.indexOf('\n', data.consumed());
              while (end >= 0) {
                sink.message(
                    direction, Message.notice().with("line", data.text(data.consumed(), end)));
                data.consume(end + 1 - data.consumed());
                end = data.indexOf('\n', data.consumed());
              }
              return Progress.CONTINUE;
            };
    try (Bench bench = new Bench(new Script(3001, "L", lines))) {
      Inspection flow = bench.open();
      client(flow, "L1\nL2");
      server(flow, "a");
      client(flow, "2\nL");
      server(flow, "b\n");
      client(flow, "3\n");
      assertThat(bench.told)
          .containsExactly(
              "identified L", "TO_SERVER L1", "TO_SERVER L22", "TO_CLIENT ab", "TO_SERVER L3");
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void endsASessionThatWantsToKeepTooMuch() {
    Function<Sink, Session> greedy = sink -> (direction, data) -> Progress.CONTINUE;
    try (Bench bench = new Bench(new Script(3001, "G", greedy))) {
      Inspection flow = bench.open();
      client(flow, "G");
      for (int i = 0; i < 100 && flow.wantsData(); i++) {
        client(flow, "x".repeat(1_000));
      }
      assertThat(flow.wantsData()).isFalse();
      assertThat(flow.settled()).isFalse();
      assertThat(flow.application().name()).isEqualTo("G");
      assertThat(bench.counter("flows_over_remainder_bound")).isEqualTo(1);
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void identifiesAnewAfterASwitchAndKeepsWhatWasRead() {
    Function<Sink, Session> starts =
        sink ->
            (direction, data) -> {
              sink.message(direction, Message.notice().with("first", "yes"));
              data.consume(direction == Direction.TO_SERVER ? data.length() : 3);
              return direction == Direction.TO_SERVER ? Progress.CONTINUE : Progress.SWITCH;
            };
    try (Bench bench =
        new Bench(new Script(3001, "START", starts), new Script(3002, "IN", DpiEngineTest::echo))) {
      Inspection flow = bench.open();
      client(flow, "START");
      server(flow, "ok IN the same piece");
      assertThat(flow.application().name()).isEqualTo("IN");
      assertThat(flow.attributes())
          .containsEntry("first", List.of("yes"))
          .containsEntry("text", List.of("IN the same piece"));

      Inspection other = bench.open();
      client(other, "START");
      server(other, "ok ");
      assertThat(other.application().name()).isEqualTo("START");
      assertThat(other.settled()).isFalse();
      client(other, "something that nobody knows");
      assertThat(other.application().name()).isEqualTo("START");
      assertThat(other.settled()).isTrue();
    }
  }

  @Test
  void keepsTheNameOfWhatIsWrapped() {
    Function<Sink, Session> wrapping =
        sink ->
            (direction, data) -> {
              data.consume(4);
              return Progress.WRAPPED;
            };
    try (Bench bench =
        new Bench(
            new Script(3001, "WRAP", wrapping), new Script(3002, "IN", DpiEngineTest::echo))) {
      Inspection flow = bench.open();
      client(flow, "WRAPIN it");
      assertThat(flow.application().name()).isEqualTo("WRAP");
      assertThat(flow.attributes()).containsEntry("text", List.of("IN it"));
      assertThat(flow.settled()).isTrue();
      assertThat(flow.wantsData()).isTrue();
      Inspection other = bench.open();
      client(other, "WRAPwhatever");
      assertThat(other.application().name()).isEqualTo("WRAP");
      assertThat(other.wantsData()).isFalse();
    }
  }

  @Test
  void boundsHowOftenAFlowSwitches() {
    Function<Sink, Session> restless =
        sink ->
            (direction, data) -> {
              data.consume(1);
              return Progress.SWITCH;
            };
    try (Bench bench = new Bench(new Script(3001, "S", restless))) {
      Inspection flow = bench.open();
      client(flow, "S".repeat(100));
      assertThat(flow.wantsData()).isFalse();
      assertThat(bench.counter("flows_over_switch_bound")).isEqualTo(1);
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void letsOthersTryWhatOneSendsBack() {
    Function<Sink, Session> mistaken =
        sink ->
            (direction, data) -> {
              sink.message(direction, Message.notice().with("wrong", "field"));
              return Progress.NOT_MINE;
            };
    try (Bench bench =
        new Bench(new Script(3001, "A", mistaken), new Script(3002, "AB", DpiEngineTest::echo))) {
      Inspection flow = bench.open();
      client(flow, "AB");
      server(flow, "reply");
      assertThat(flow.application().name()).isEqualTo("AB");
      assertThat(flow.attributes()).containsOnlyKeys("text");
      assertThat(bench.status("A").flows()).isZero();
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void isSettledOnceASessionIsDone() {
    Function<Sink, Session> brief = sink -> (direction, data) -> Progress.DONE;
    try (Bench bench = new Bench(new Script(3001, "D", brief))) {
      Inspection flow = bench.open();
      client(flow, "D");
      assertThat(flow.settled()).isTrue();
      assertThat(flow.wantsData()).isFalse();
    }
  }

  @Test
  void tellsOfGaps() {
    List<String> seen = new ArrayList<>();
    class Session3 implements Session {
      @Override
      public Progress data(Direction direction, Bytes data) {
        seen.add(direction + " " + data.text(0, data.length()));
        data.consume(1);
        return Progress.CONTINUE;
      }

      @Override
      public Progress gap(Direction direction, long bytes) {
        seen.add(direction + " gap " + bytes);
        return direction == Direction.TO_SERVER ? Progress.CONTINUE : Progress.LOST;
      }

      @Override
      public void end() {
        seen.add("end");
      }
    }
    try (Bench bench = new Bench(new Script(3001, "GAP", sink -> new Session3()))) {
      Inspection flow = bench.open();
      flow.gap(Direction.TO_SERVER, 7); // before anything was seen: nothing is missing
      client(flow, "GA");
      server(flow, "GA");
      flow.gap(Direction.TO_CLIENT, 5);
      server(flow, "lost too");
      client(flow, "P");
      assertThat(seen).containsExactly("TO_SERVER GA", "TO_CLIENT GA", "TO_CLIENT gap 13");
      assertThat(flow.wantsData()).isFalse();
      seen.clear();

      Inspection other = bench.open();
      client(other, "GAPxyz");
      other.gap(Direction.TO_SERVER, 5);
      client(other, "n");
      other.end();
      assertThat(seen).containsExactly("TO_SERVER GAPxyz", "TO_SERVER gap 5", "TO_SERVER n", "end");
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void givesUpOnWhatStaysUndecided() {
    try (Bench bench = new Bench(new Script(3001, "A".repeat(10_000)))) {
      Inspection flow = bench.open();
      for (int i = 0; i < 10 && flow.wantsData(); i++) {
        client(flow, "A".repeat(1_000));
        server(flow, "A".repeat(1_000));
      }
      assertThat(flow.wantsData()).isFalse();
      assertThat(flow.application()).isEqualTo(Application.UNKNOWN);
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }

  @Test
  void keepsDatagramsApart() {
    try (Bench bench = new Bench(new Script(3001, "HELLO", DpiEngineTest::echo))) {
      Inspection flow = bench.open(Transport.UDP, 4_000);
      client(flow, "HE");
      client(flow, "HELLO");
      client(flow, "x");
      assertThat(bench.told)
          .containsExactly("identified HELLO", "TO_SERVER HE", "TO_SERVER HELLO", "TO_SERVER x");
    }
  }

  @Test
  void newParsersSeeNewFlowsAndOldFlowsOutliveTheirParser() {
    Script old = new Script(3001, "OLD", DpiEngineTest::echo);
    try (Bench bench = new Bench(old)) {
      Inspection before = bench.open();
      Inspection undecided = bench.open();
      client(before, "OLD");
      client(undecided, "NE");
      Script fresh = new Script(3002, "NEW", DpiEngineTest::echo);
      bench.engine.add(fresh, "test.new", "1");
      Inspection after = bench.open();
      client(after, "NEW");
      assertThat(after.application().name()).isEqualTo("NEW");
      assertThat(undecided.application()).isEqualTo(Application.UNKNOWN);

      bench.told.clear();
      bench.engine.remove(old);
      client(before, "more");
      assertThat(before.application().name()).isEqualTo("OLD");
      assertThat(before.wantsData()).isFalse();
      assertThat(bench.told).isEmpty();
      assertThat(bench.counter("flows_whose_parser_left")).isEqualTo(1);
      client(after, "more");
      assertThat(bench.told).containsExactly("TO_SERVER more");
      assertThat(bench.engine.parsers()).hasSize(1);
    }
  }

  @Test
  void boundsWhatIsKeptOfMessages() {
    Function<Sink, Session> talkative =
        sink ->
            (direction, data) -> {
              for (int i = 0; i < 40; i++) {
                sink.message(direction, Message.notice().with("n", "v" + i).with("name" + i, "v"));
              }
              sink.message(direction, Message.notice().with("long", "x".repeat(20_000)));
              data.consumeAll();
              return Progress.CONTINUE;
            };
    try (Bench bench = new Bench(new Script(3001, "T", talkative))) {
      Inspection flow = bench.open();
      client(flow, "T");
      assertThat(flow.attributes()).hasSize(32).doesNotContainKey("long");
      assertThat(flow.attributes().get("n")).hasSize(16).contains("v0", "v15");
      assertThat(bench.counter("attributes_cut")).isPositive();
      assertThat(bench.counter("messages_cut")).isEqualTo(1);
      assertThat(bench.told.getLast()).hasSizeLessThan(9_000);
    }
  }

  @Test
  void holdsFiftyThousandFlowsInLittleMemory() {
    try (Bench bench = new Bench(new Script(3001, "HELLO", DpiEngineTest::echo))) {
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      long before = runtime.totalMemory() - runtime.freeMemory();
      Inspection[] flows = new Inspection[50_000];
      for (int i = 0; i < flows.length; i++) {
        flows[i] = bench.open();
        client(flows[i], "HELLO");
      }
      bench.told.clear();
      System.gc();
      long used = runtime.totalMemory() - runtime.freeMemory() - before;
      assertThat(flows[0].application().known()).isTrue();
      assertThat(used).isLessThan(50L * 1024 * 1024);
      assertThat(bench.worker.buffers.inUse()).isZero();
    }
  }
}
