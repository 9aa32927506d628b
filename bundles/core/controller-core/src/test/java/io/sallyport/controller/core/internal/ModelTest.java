/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import static io.sallyport.api.dpi.Application.UNKNOWN;
import static io.sallyport.api.dpi.Applications.HTTP;
import static io.sallyport.api.dpi.Applications.REDIS;
import static io.sallyport.controller.core.internal.Node.NOW;
import static io.sallyport.controller.core.internal.Node.SECOND;
import static io.sallyport.controller.core.internal.Node.delta;
import static io.sallyport.controller.core.internal.Node.egress;
import static io.sallyport.controller.core.internal.Node.ingress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.common.Transport;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
  private long now = NOW;
  private final Model model = new Model(Configs.controller(), () -> now);
  private final Node a = new Node("a", "192.0.2.1", "172.17.0.1");
  private final Node b = new Node("b", "192.0.2.2", "172.17.0.1");
  private final Workload ui = a.workload("ui000001", "ui", "yelb", "172.17.0.2", "fd00::2");
  private final Workload app = a.workload("app00001", "app", "yelb", "172.17.0.3");

  @Test
  void learnsGroupsFromWorkloads() {
    model.take(a.full(List.of(ui, app)));

    assertThat(model.groups())
        .extracting(Group::name)
        .containsExactly("containers", "external", "nodes", "nv.app.yelb", "nv.ui.yelb");
    assertThat(group("nv.ui.yelb").members()).containsExactly(ui.id());
    assertThat(group("containers").members()).containsExactlyInAnyOrder(ui.id(), app.id());
  }

  @Test
  void findsWorkloadsByIdBeginningAndName() {
    model.take(a.full(List.of(ui, app, a.workload("app00002", "app", "", "172.17.0.4"))));

    assertThat(model.workload("ui000001")).isEqualTo(ui);
    assertThat(model.workload("ui000001-name")).isEqualTo(ui);
    assertThat(model.workload("app0000")).isNull();
    assertThat(model.workload("app0000x")).isNull();
  }

  @Test
  void countsWhatBothSidesReportOnce() {
    model.take(
        a.full(
            List.of(ui, app),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 5, 500),
            ingress(app.id(), "172.17.0.2", 4567, HTTP, 6, 600)));

    ConversationEntry entry = onlyEntry();
    assertThat(entry.sessions()).isEqualTo(6);
    assertThat(entry.bytesToServer()).isEqualTo(600);
    assertThat(entry.ingressSeen()).isTrue();
    assertThat(entry.action()).isEqualTo(ConversationEntry.Action.LEARN);
    assertThat(entry.clientAddresses()).containsExactly(IpAddress.parse("172.17.0.2"));
    assertThat(entry.serverAddresses()).containsExactly(IpAddress.parse("172.17.0.3"));
    Conversation only = model.conversations().getFirst();
    assertThat(only.from().group()).isEqualTo("nv.ui.yelb");
    assertThat(only.to().name()).isEqualTo("app00001-name");
  }

  @Test
  void showsNoUnknownBesideWhatTheOtherSideNamed() {
    model.take(
        a.full(
            List.of(ui, app),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 5, 500),
            ingress(app.id(), "172.17.0.2", 4567, UNKNOWN, 5, 500)));

    assertThat(onlyEntry().application()).isEqualTo(HTTP);
  }

  @Test
  void showsWhatNobodyCouldName() {
    model.take(
        a.full(
            List.of(ui, app),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 5, 500),
            egress(ui.id(), "172.17.0.3", 4567, UNKNOWN, 2, 100),
            ingress(app.id(), "172.17.0.2", 4567, UNKNOWN, 7, 600)));

    assertThat(model.conversations().getFirst().entries())
        .extracting(entry -> entry.application() + " " + entry.sessions())
        .containsExactlyInAnyOrder("HTTP 5", "unknown 2");
  }

  @Test
  void showsWhatTheOtherSideNoLongerSees() {
    model.take(
        a.full(
            List.of(ui, app),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 5, 500),
            delta(app.id(), true, "172.17.0.2", 4567, UNKNOWN, 9, 900, NOW + 60 * SECOND)));

    assertThat(model.conversations().getFirst().entries())
        .extracting(entry -> entry.application() + " " + entry.sessions())
        .containsExactlyInAnyOrder("HTTP 5", "unknown 4");
  }

  @Test
  void movesWhatWasIdentifiedLater() {
    model.take(a.full(List.of(ui, app), egress(ui.id(), "172.17.0.3", 6379, UNKNOWN, 1, 100)));
    model.take(
        a.changes(
            egress(ui.id(), "172.17.0.3", 6379, UNKNOWN, -1, -100),
            egress(ui.id(), "172.17.0.3", 6379, REDIS, 1, 100)));

    assertThat(onlyEntry().application()).isEqualTo(REDIS);
    assertThat(onlyEntry().sessions()).isEqualTo(1);
  }

  @Test
  void takesEachReportOnce() {
    model.take(a.full(List.of(ui, app)));
    NodeReport report = a.changes(egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100));

    assertThat(model.take(report)).isEqualTo(NodeBook.Verdict.CHANGES);
    assertThat(model.take(report)).isEqualTo(NodeBook.Verdict.REPEATED);
    assertThat(onlyEntry().sessions()).isEqualTo(1);
  }

  @Test
  void asksForEverythingWhenItKnowsNothing() {
    assertThat(model.take(a.changes(List.of(ui)))).isEqualTo(NodeBook.Verdict.INCOMPLETE);
    assertThat(model.workloads()).isEmpty();
    assertThat(model.take(a.full(List.of(ui)))).isEqualTo(NodeBook.Verdict.BEGINNING);
    assertThat(model.workloads()).containsExactly(ui);
  }

  @Test
  void addsUpOverStartsOfTheEnforcer() {
    model.take(a.full(List.of(ui, app), egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100)));
    a.restart();
    assertThat(model.take(a.changes())).isEqualTo(NodeBook.Verdict.INCOMPLETE);
    model.take(a.full(List.of(ui), egress(ui.id(), "172.17.0.3", 80, HTTP, 2, 200)));

    assertThat(onlyEntry().sessions()).isEqualTo(3);
    assertThat(model.workloads()).containsExactly(ui);
  }

  @Test
  void replacesWhatANodeTellsAgain() {
    model.take(a.full(List.of(ui, app), egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100)));
    NodeReport again = a.full(List.of(ui, app), egress(ui.id(), "172.17.0.3", 80, HTTP, 3, 300));

    assertThat(model.take(again)).isEqualTo(NodeBook.Verdict.EVERYTHING);
    assertThat(onlyEntry().sessions()).isEqualTo(3);
  }

  @Test
  void refusesTwoHostsWithOneId() {
    model.take(a.full(List.of()));
    NodeReport late = a.changes();
    a.restart();
    model.take(a.full(List.of()));

    assertThatThrownBy(() -> model.take(late))
        .isInstanceOf(SallyportException.class)
        .hasMessageContaining("node-id");
  }

  @Test
  void believesANodeAboutItsOwnWorkloadsOnly() {
    model.take(a.full(List.of(ui, app)));
    model.take(b.full(List.of(ui), egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100)));
    model.take(b.gone(ui.id()));

    assertThat(model.workloads()).hasSize(2);
    assertThat(model.conversations()).isEmpty();
    assertThat(counter("reports_of_foreign_workloads")).isEqualTo(2);
  }

  @Test
  void resolvesAddressesFromTheNodesOwnPointOfView() {
    Workload twin = b.workload("twin0001", "twin", "", "172.17.0.2");
    Workload far = b.workload("far00001", "far", "", "10.1.0.9");
    model.take(a.full(List.of(ui, app)));
    model.take(b.full(List.of(twin, far)));

    assertThat(peer("a", "172.17.0.2")).isEqualTo("ui000001");
    assertThat(peer("b", "172.17.0.2")).isEqualTo("twin0001");
    assertThat(peer("a", "10.1.0.9")).isEqualTo("far00001");
    assertThat(peer("a", "172.17.0.1")).isEqualTo("a");
    assertThat(peer("b", "172.17.0.1")).isEqualTo("b");
    assertThat(peer("a", "192.0.2.2")).isEqualTo("b");
    assertThat(peer("a", "198.51.100.7")).isEqualTo("198.51.100.7");
    assertThat(peer("elsewhere", "172.17.0.2")).isEqualTo("172.17.0.2");
    assertThat(model.peer("a", IpAddress.parse("192.0.2.2")))
        .isEqualTo(new Peer(Peer.Kind.NODE, "b", "host-b", "nodes", ""));
  }

  @Test
  void leadsPublishedPortsToTheWorkload() {
    Workload web =
        b.workload(
            "web00001",
            "web",
            "",
            List.of(new PublishedPort(Transport.TCP, null, 8080, 80)),
            Instant.EPOCH,
            "172.17.0.9");
    model.take(b.full(List.of(web)));
    model.take(
        a.full(
            List.of(ui),
            egress(ui.id(), "192.0.2.2", 8080, HTTP, 1, 100),
            egress(ui.id(), "192.0.2.2", 22, UNKNOWN, 1, 100)));

    assertThat(model.conversations("nv.ui.yelb", "nv.web").getFirst().entries().getFirst().port())
        .isEqualTo(80);
    assertThat(model.conversations("nv.ui.yelb", "nodes").getFirst().entries().getFirst().port())
        .isEqualTo(22);
  }

  @Test
  void countsWhatAContainerSaysToItself() {
    model.take(
        a.full(
            List.of(ui),
            egress(ui.id(), "127.0.0.1", 9000, UNKNOWN, 1, 100),
            egress(ui.id(), "172.17.0.2", 9000, UNKNOWN, 1, 100)));

    assertThat(onlyEntry().sessions()).isEqualTo(2);
    assertThat(model.conversations(ui.id(), ui.id())).hasSize(1);
  }

  @Test
  void leavesOutHousekeepingOfTheNetwork() {
    model.take(
        a.full(
            List.of(ui),
            egress(ui.id(), "224.0.0.251", 5353, UNKNOWN, 1, 100),
            egress(ui.id(), "255.255.255.255", 67, UNKNOWN, 1, 100),
            egress(ui.id(), "ff02::16", 0, UNKNOWN, 1, 100),
            egress(ui.id(), "239.1.1.1", 5000, UNKNOWN, 1, 100)));

    assertThat(model.conversations().getFirst().to().id()).isEqualTo("239.1.1.1");
    assertThat(counter("conversations_housekeeping")).isEqualTo(3);
  }

  @Test
  void givesAnAddressToTheWorkloadThatIsReportedLater() {
    Workload late =
        b.workload(
            "late0001", "late", "", List.of(), Instant.ofEpochSecond(NOW / SECOND), "10.1.0.9");
    model.take(
        a.full(
            List.of(ui),
            egress(ui.id(), "10.1.0.9", 80, HTTP, 2, 200),
            delta(ui.id(), false, "10.1.0.9", 443, UNKNOWN, 1, 100, NOW - 3600 * SECOND)));
    model.take(b.full(List.of(late), ingress("late0001", "172.17.0.2", 80, HTTP, 2, 200)));

    assertThat(model.conversations("nv.ui.yelb", "nv.late").getFirst().sessions()).isEqualTo(2);
    assertThat(model.conversations("nv.ui.yelb", "external").getFirst().entries())
        .extracting(ConversationEntry::port)
        .as("what was said before it began was not said to it")
        .containsExactly(443);
    assertThat(model.conversations("external", "nv.late"))
        .as("172.17.0.2 is another one's on node b, and ambiguous for it")
        .isEmpty();
  }

  @Test
  void givesPublishedPortsToTheWorkloadThatIsReportedLater() {
    model.take(b.full(List.of()));
    model.take(a.full(List.of(ui), egress(ui.id(), "192.0.2.2", 8080, HTTP, 1, 100)));
    assertThat(model.conversations("nv.ui.yelb", "nodes")).hasSize(1);
    Workload web =
        b.workload(
            "web00001",
            "web",
            "",
            List.of(new PublishedPort(Transport.TCP, null, 8080, 80)),
            Instant.ofEpochSecond(NOW / SECOND),
            "172.17.0.9");
    model.take(b.changes(List.of(web)));

    assertThat(model.conversations("nv.ui.yelb", "nodes")).isEmpty();
    assertThat(onlyEntry().port()).isEqualTo(80);
  }

  @Test
  void keepsWhatWasSaidWithThoseThatHaveEndedForAWhile() {
    model.take(a.full(List.of(ui, app), egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100)));
    model.take(a.gone(app.id()));

    assertThat(model.workloads()).containsExactly(ui);
    assertThat(model.conversations().getFirst().to().name()).isEqualTo("app00001-name");
    assertThat(peer("a", "172.17.0.3")).isEqualTo("172.17.0.3");

    now += 2 * 3600 * SECOND;
    model.age();
    assertThat(model.conversations()).isEmpty();
    assertThat(model.groups()).extracting(Group::name).contains("nv.app.yelb");

    now += 30 * 3600 * SECOND;
    model.take(a.changes());
    model.age();
    assertThat(model.groups()).extracting(Group::name).doesNotContain("nv.app.yelb");
    assertThat(model.groups()).extracting(Group::name).contains("nv.ui.yelb");
  }

  @Test
  void tellsThoseApartWhoHadAnAddressOneAfterTheOther() {
    model.take(a.full(List.of(ui, app)));
    model.take(a.gone(app.id()));
    Workload next =
        a.workload(
            "next0001",
            "next",
            "",
            List.of(),
            Instant.ofEpochSecond(NOW / SECOND + 10),
            "172.17.0.3");
    model.take(
        a.changes(
            egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100),
            delta(ui.id(), false, "172.17.0.3", 81, HTTP, 1, 100, NOW + 5 * SECOND)));
    model.take(
        a.changes(
            List.of(next),
            egress(ui.id(), "172.17.0.3", 80, HTTP, 1, 100),
            delta(ui.id(), false, "172.17.0.3", 80, HTTP, 1, 100, NOW + 11 * SECOND)));

    assertThat(model.conversations("nv.ui.yelb", "nv.app.yelb").getFirst().sessions()).isEqualTo(2);
    assertThat(model.conversations("nv.ui.yelb", "external").getFirst().sessions()).isEqualTo(1);
    assertThat(model.conversations("nv.ui.yelb", "nv.next").getFirst().sessions()).isEqualTo(1);
  }

  @Test
  void tellsNodesThatNoLongerReport() {
    model.take(a.full(List.of(ui)));
    assertThat(model.nodes().getFirst().connected()).isTrue();

    now += 12 * SECOND;
    assertThat(model.nodes().getFirst().connected()).isFalse();

    now += 25 * 3600 * SECOND;
    model.age();
    assertThat(model.nodes()).isEmpty();
    assertThat(model.workloads()).isEmpty();
  }

  @Test
  void keepsSessionsNewestFirstAndBounded() {
    Model small = new Model(Configs.controller("maxWorkloadSessions", 2), () -> now);
    small.take(a.full(List.of(ui)));
    small.take(
        a.flows(
            Node.flow(1, ui.id(), FlowState.ESTABLISHED),
            Node.flow(2, ui.id(), FlowState.ESTABLISHED),
            Node.flow(1, ui.id(), FlowState.CLOSED),
            Node.flow(3, ui.id(), FlowState.OPENING)));

    assertThat(small.sessions(ui.id())).extracting(flow -> flow.id()).containsExactly(3L, 1L);
    now += 600 * SECOND;
    small.age();
    assertThat(small.sessions(ui.id())).extracting(flow -> flow.id()).containsExactly(3L);
  }

  @Test
  void forgetsTheConversationsThatAreOldestWhenThereAreTooMany() {
    Model small = new Model(Configs.controller("maxAddresses", 10), () -> now);
    small.take(a.full(List.of(ui)));
    for (int i = 1; i <= 25; i++) {
      small.take(a.changes(egress(ui.id(), "198.51.100." + i, 443, UNKNOWN, 1, 100)));
    }

    assertThat(small.conversations()).hasSize(10);
    assertThat(small.conversations().getLast().to().id()).isEqualTo("198.51.100.25");
    assertThat(small.counters())
        .filteredOn(counter -> counter.name().equals("conversations_evicted"))
        .first()
        .matches(counter -> counter.value() == 15);
  }

  @Test
  void forgetsThePortsThatAreOldestWhenThereAreTooMany() {
    Model small = new Model(Configs.controller("maxEntries", 10), () -> now);
    small.take(a.full(List.of(ui, app)));
    for (int port = 1; port <= 25; port++) {
      small.take(a.changes(egress(ui.id(), "172.17.0.3", port, UNKNOWN, 1, 100)));
    }

    assertThat(small.conversations().getFirst().entries())
        .extracting(ConversationEntry::port)
        .containsExactly(16, 17, 18, 19, 20, 21, 22, 23, 24, 25);
  }

  private ConversationEntry onlyEntry() {
    assertThat(model.conversations()).hasSize(1);
    List<ConversationEntry> entries = model.conversations().getFirst().entries();
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private Group group(String name) {
    return model.groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String peer(String node, String address) {
    return model.peer(node, IpAddress.parse(address)).id();
  }

  private long counter(String name) {
    return model.counters().stream()
        .filter(counter -> counter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
