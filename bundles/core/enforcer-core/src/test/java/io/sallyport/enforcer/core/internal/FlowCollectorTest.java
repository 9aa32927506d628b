/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.api.dpi.Application.UNKNOWN;
import static io.sallyport.api.dpi.Applications.HTTP;
import static io.sallyport.api.dpi.Applications.REDIS;
import static io.sallyport.enforcer.core.internal.Flows.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.ConversationDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowCollectorTest {
  private static final String OWN = "172.17.0.2";
  private static final String PEER = "172.17.0.3";

  private final FlowLedger ledger = new FlowLedger(new FlowBounds(4, 100, 3, 2));
  private final FlowCollector collector = ledger.collector("w");
  private final FlowObserver observer = collector.observer();

  FlowCollectorTest() {
    collector.addresses(List.of(IpAddress.parse(OWN)));
  }

  @Test
  void addsUpFlowsToConversations() {
    observer.flow(tcp(1, OWN, PEER, 80, HTTP, 100));
    observer.flow(tcp(2, OWN, PEER, 80, HTTP, 50));
    observer.flow(tcp(3, PEER, OWN, 80, HTTP, 10));

    assertThat(told(false))
        .containsExactlyInAnyOrder("172.17.0.3:80 HTTP 2 150", "<172.17.0.3:80 HTTP 1 10");
    assertThat(told(false)).isEmpty();

    observer.flow(tcp(1, OWN, PEER, 80, HTTP, 130));
    assertThat(told(false)).containsExactly("172.17.0.3:80 HTTP 0 30");
    assertThat(told(true))
        .containsExactlyInAnyOrder("172.17.0.3:80 HTTP 2 180", "<172.17.0.3:80 HTTP 1 10");
  }

  @Test
  void takesBackWhatWasCountedAsUnknown() {
    observer.flow(tcp(1, OWN, PEER, 6379, UNKNOWN, 100));
    assertThat(told(false)).containsExactly("172.17.0.3:6379 unknown 1 100");

    observer.flow(tcp(1, OWN, PEER, 6379, REDIS, 120));
    assertThat(told(false))
        .containsExactlyInAnyOrder(
            "172.17.0.3:6379 unknown -1 -100", "172.17.0.3:6379 Redis 1 120");
    assertThat(told(true)).containsExactly("172.17.0.3:6379 Redis 1 120");
  }

  @Test
  void saysNothingOfWhatWasIdentifiedBeforeItWasTold() {
    observer.flow(tcp(1, OWN, PEER, 6379, UNKNOWN, 100));
    observer.flow(tcp(1, OWN, PEER, 6379, REDIS, 120));

    assertThat(told(false)).contains("172.17.0.3:6379 Redis 1 120");
    assertThat(told(true)).containsExactly("172.17.0.3:6379 Redis 1 120");
  }

  @Test
  void turnsAFlowAroundOnceTheAddressesAreKnown() {
    FlowCollector late = ledger.collector("late");
    FlowObserver seen = late.observer();
    seen.flow(tcp(1, PEER, "172.17.0.9", 80, HTTP, 100));
    late.addresses(List.of(IpAddress.parse("172.17.0.9")));
    seen.flow(tcp(1, PEER, "172.17.0.9", 80, HTTP, 110));

    assertThat(told(true)).containsExactly("<172.17.0.3:80 HTTP 1 110");
  }

  @Test
  void countsWhatItSaysToItselfOnce() {
    observer.flow(tcp(1, "127.0.0.1", "127.0.0.1", 9000, HTTP, 100));
    observer.flow(tcp(2, OWN, OWN, 9000, HTTP, 100));

    assertThat(told(false))
        .containsExactlyInAnyOrder("127.0.0.1:9000 HTTP 1 100", "172.17.0.2:9000 HTTP 1 100");
  }

  @Test
  void doesNotTakeItselfForOneWhoIsSpokenTo() {
    observer.flow(tcp(1, PEER, "224.0.0.251", 5353, UNKNOWN, 100));

    FlowLedger.Harvest harvest = ledger.harvest(false);
    assertThat(harvest.conversations()).isEmpty();
    assertThat(harvest.flows()).as("but the flow is told").hasSize(1);
  }

  @Test
  void keepsTheNewestFlowsAndMessages() {
    for (int i = 1; i <= 5; i++) {
      observer.flow(tcp(i, OWN, PEER, 80, HTTP, 100));
      observer.message(
          tcp(i, OWN, PEER, 80, HTTP, 100),
          Direction.TO_SERVER,
          Message.request().with("n", "" + i));
    }
    observer.flow(tcp(3, OWN, PEER, 80, HTTP, 200));

    FlowLedger.Harvest harvest = ledger.harvest(false);
    assertThat(harvest.flows()).extracting(FlowRecord::id).containsExactlyInAnyOrder(3L, 4L, 5L);
    assertThat(harvest.messages())
        .extracting(message -> message.message().toString())
        .containsExactly("4", "5");
    assertThat(ledger.dropped()).isEqualTo(2 + 3);
  }

  @Test
  void forgetsConversationsThatWereToldWhenThereAreTooMany() {
    for (int i = 1; i <= 4; i++) {
      observer.flow(tcp(i, OWN, "10.0.0." + i, 80, HTTP, 100));
    }
    ledger.harvest(false);
    observer.flow(tcp(5, OWN, "10.0.0.5", 80, HTTP, 100));
    observer.flow(tcp(1, OWN, "10.0.0.1", 80, HTTP, 150));

    assertThat(told(false))
        .as("the one forgotten goes on where it was")
        .containsExactlyInAnyOrder("10.0.0.5:80 HTTP 1 100", "10.0.0.1:80 HTTP 0 50");
    assertThat(ledger.dropped()).as("a flow of the first round, no conversation").isEqualTo(1);
  }

  @Test
  void countsConversationsThatFindNoRoom() {
    for (int i = 1; i <= 6; i++) {
      observer.flow(tcp(i, OWN, "10.0.0." + i, 80, HTTP, 100));
    }

    assertThat(told(false)).hasSize(4);
  }

  @Test
  void tellsTheLastOfARetiredWorkload() {
    observer.flow(tcp(1, OWN, PEER, 80, HTTP, 100));
    ledger.retire("w");
    assertThat(told(false)).containsExactly("172.17.0.3:80 HTTP 1 100");

    observer.flow(tcp(1, OWN, PEER, 80, HTTP, 150, FlowState.CLOSED));
    assertThat(told(false)).containsExactly("172.17.0.3:80 HTTP 0 50");
    for (int i = 0; i < 20; i++) {
      ledger.harvest(false);
    }
    assertThat(told(true)).isEmpty();
  }

  /** Whatever flows do, and whenever it is told: the differences add up to what they last were. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void differencesAddUp(long seed) {
    Random random = new Random(seed);
    FlowLedger large = new FlowLedger(new FlowBounds(1000, 1000, 10, 10));
    FlowCollector all = large.collector("w");
    FlowObserver watch = all.observer();
    all.addresses(List.of(IpAddress.parse(OWN)));
    Map<Long, FlowRecord> last = new HashMap<>();
    Map<String, long[]> sums = new HashMap<>();
    for (int step = 0; step < 500; step++) {
      long id = random.nextInt(20);
      FlowRecord before = last.get(id);
      if (before == null || before.state() != FlowState.CLOSED) {
        FlowRecord flow = advance(random, id, before);
        last.put(id, flow);
        watch.flow(flow);
      }
      if (random.nextInt(7) == 0) {
        add(sums, large.harvest(false).conversations());
      }
    }
    add(sums, large.harvest(false).conversations());

    Map<String, long[]> expected = new HashMap<>();
    for (FlowRecord flow : last.values()) {
      boolean ingress = flow.server().address().equals(IpAddress.parse(OWN));
      String peer = (ingress ? "<" + flow.client().address() : flow.server().address()) + ":80";
      long[] sum = expected.computeIfAbsent(peer + " " + flow.application(), k -> new long[3]);
      sum[0]++;
      sum[1] += flow.packets();
      sum[2] += flow.bytes();
    }
    sums.values().removeIf(sum -> sum[0] == 0 && sum[1] == 0 && sum[2] == 0);
    assertThat(sums).usingRecursiveComparison().isEqualTo(expected);
    Map<String, long[]> again = new HashMap<>();
    add(again, large.harvest(true).conversations());
    assertThat(again).usingRecursiveComparison().isEqualTo(expected);
  }

  private static FlowRecord advance(Random random, long id, @Nullable FlowRecord before) {
    Application known = before == null ? UNKNOWN : before.application();
    Application application =
        known.known() || random.nextBoolean() ? known : id % 2 == 0 ? HTTP : REDIS;
    long bytes = (before == null ? 0 : before.bytesToServer()) + random.nextInt(1000);
    FlowState state = random.nextInt(20) == 0 ? FlowState.CLOSED : FlowState.ESTABLISHED;
    String peer = "10.0.0." + id % 5;
    return id % 3 == 0
        ? tcp(id, peer, OWN, 80, application, bytes, state)
        : tcp(id, OWN, peer, 80, application, bytes, state);
  }

  private static void add(Map<String, long[]> sums, List<ConversationDelta> deltas) {
    for (ConversationDelta delta : deltas) {
      long[] sum = sums.computeIfAbsent(key(delta), k -> new long[3]);
      sum[0] += delta.sessions();
      sum[1] += delta.packets();
      sum[2] += delta.bytesToServer() + delta.bytesToClient();
    }
  }

  private static String key(ConversationDelta delta) {
    return (delta.ingress() ? "<" : "")
        + delta.peer()
        + ":"
        + delta.port()
        + " "
        + delta.application();
  }

  private List<String> told(boolean full) {
    List<String> told = new ArrayList<>();
    for (ConversationDelta delta : ledger.harvest(full).conversations()) {
      told.add(key(delta) + " " + delta.sessions() + " " + delta.bytesToServer());
    }
    return told;
  }
}
