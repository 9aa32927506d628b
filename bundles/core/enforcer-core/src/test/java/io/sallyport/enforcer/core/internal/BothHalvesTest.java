/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.api.dpi.Application.UNKNOWN;
import static io.sallyport.api.dpi.Applications.HTTP;
import static io.sallyport.api.dpi.Applications.REDIS;
import static io.sallyport.enforcer.core.internal.Eventually.eventually;
import static io.sallyport.enforcer.core.internal.FakeSource.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.ReportReceipt;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import io.sallyport.controller.core.internal.ControllerRig;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes and a controller in one process, with a link that may fail. */
class BothHalvesTest {
  private static final long MILLIS = 20;

  @TempDir private Path home = Path.of("");

  private final AtomicLong flowIds = new AtomicLong();
  private final Link link = new Link();
  private final Host a = new Host("a", "192.0.2.1");
  private final Host b = new Host("b", "192.0.2.2");
  private @Nullable ControllerRig rig;

  @BeforeEach
  void start() {
    rig = new ControllerRig(home.resolve("controller"), MILLIS);
    a.start();
    b.start();
    a.probe.process(10, 110).network(110, "10.1.0.2");
    b.probe.process(20, 220).process(21, FakeProbe.HOST).network(220, "10.2.0.2", "fd02::2");
    a.source.found(container("ui000001", "ui-1", 10)).listed();
    b.source.found(container("app00001", "app-1", 20), container("net00001", "agent", 21)).listed();
  }

  @AfterEach
  void stop() {
    a.enforcer.close();
    b.enforcer.close();
  }

  @Test
  void showsContainersAndWhatTheySay() throws InterruptedException {
    ready();
    assertThat(model().groups())
        .extracting(Group::name)
        .contains("nv.ui", "nv.app", "nv.agent", "nodes", "external", "containers");
    FlowRecord seenByClient = flow("10.1.0.2", "10.2.0.2", 4567, UNKNOWN, 100);
    a.dataplane.flow("ui000001", seenByClient);
    b.dataplane.flow("app00001", flow("10.1.0.2", "10.2.0.2", 4567, HTTP, 100));
    b.dataplane.flow("app00001", flow("10.2.0.2", "198.51.100.7", 443, UNKNOWN, 10));
    b.dataplane.flow("app00001", flow("10.2.0.2", "192.0.2.1", 6379, REDIS, 10));

    eventually("the conversations are there", () -> said("nv.ui>nv.app HTTP 1 100"));
    eventually("with the outside", () -> said("nv.app>external unknown 1 10"));
    eventually("with a host", () -> said("nv.app>nodes Redis 1 10"));
    a.dataplane.flow("ui000001", identified(seenByClient, HTTP, 150));
    eventually("both name it", () -> said("nv.ui>nv.app HTTP 1 150"));
    assertThat(model().conversations()).hasSize(3);
    assertThat(model().sessions("ui000001")).hasSize(1);
  }

  @Test
  void saysWhatItCannotSee() throws InterruptedException {
    ready();
    NetworkModel.Node node = node("b");
    assertThat(node.connected()).isTrue();
    assertThat(node.info().platform()).isEqualTo("docker");
    assertThat(node.status().dataplane().captures())
        .filteredOn(capture -> capture.workloadId().equals("net00001"))
        .first()
        .matches(capture -> capture.problem().contains("host's network"));
    assertThat(b.dataplane.watches("net00001")).isFalse();
  }

  @Test
  void countsEverythingOnceOverALinkThatFails() throws InterruptedException {
    ready();
    link.failing = true;
    long total = 0;
    for (int i = 1; i <= 60; i++) {
      a.dataplane.flow("ui000001", flow("10.1.0.2", "10.2.0.2", 80, HTTP, i));
      total += i;
      Thread.sleep(3);
    }
    link.failing = false;
    String expected = "nv.ui>nv.app HTTP 60 " + total;
    eventually("all flows are counted", () -> said(expected));
    assertThat(link.failures.get()).isPositive();
  }

  @Test
  void tellsANewControllerEverything() throws InterruptedException {
    ready();
    a.dataplane.flow("ui000001", flow("10.1.0.2", "10.2.0.2", 80, HTTP, 70));
    eventually("it is counted", () -> said("nv.ui>nv.app HTTP 1 70"));

    rig = new ControllerRig(home.resolve("another"), MILLIS);
    eventually("it is told again", () -> said("nv.ui>nv.app HTTP 1 70"));
    ready();
    a.dataplane.flow("ui000001", flow("10.1.0.2", "10.2.0.2", 80, HTTP, 7));
    eventually("and goes on from there", () -> said("nv.ui>nv.app HTTP 2 77"));
  }

  @Test
  void followsContainersAsTheyComeAndGo() throws InterruptedException {
    ready();
    a.probe.process(12, 112).network(112, "10.1.0.3");
    a.source.found(container("db000001", "db", 12));
    eventually("a new one", () -> a.dataplane.watches("db000001"));

    a.probe.process(13, 113).network(113, "10.1.0.4");
    a.source.found(container("db000001", "db", 13));
    eventually(
        "it was started again", () -> a.dataplane.namespace("db000001").equals("/proc/13/ns/net"));

    a.source.gone("db000001");
    eventually("it is gone", () -> model().workload("db000001") == null);
    eventually("it is no longer watched", () -> !a.dataplane.watches("db000001"));
  }

  @Test
  void opensACaptureAgainThatFailed() throws InterruptedException {
    ready();
    a.dataplane.refuse(1);
    a.probe.process(12, 112).network(112, "10.1.0.3");
    a.source.found(container("db000001", "db", 12));
    eventually(
        "the problem is told",
        () ->
            node("a").status().dataplane().captures().stream()
                .anyMatch(capture -> capture.problem().contains("no backend works")));
    eventually("it is opened after all", () -> a.dataplane.watches("db000001"));
  }

  @Test
  void goesOnWithAnotherDatapath() throws InterruptedException {
    ready();
    FakeDataplane next = new FakeDataplane();
    a.enforcer.dataplane(next);
    eventually("the new one watches", () -> next.watches("ui000001"));
    eventually("the old one does not", () -> !a.dataplane.watches("ui000001"));
  }

  @Test
  void bringsAnOrderToTheNodeAndItsAnswerBack() throws InterruptedException {
    ready();
    String id = controller().captures().start("app00001", Duration.ofSeconds(5), "");
    eventually("it fails", () -> capture(id).state() == PacketCapture.State.FAILED);
    assertThat(capture(id).problem()).contains("capture-pcap4j");
    assertThat(capture(id).nodeId()).isEqualTo("b");
    eventually("the policy is in force", () -> node("b").status().policyEpoch() >= 3);
  }

  private void ready() throws InterruptedException {
    eventually("all containers are known", () -> model().workloads().size() == 3);
    eventually("ui is watched", () -> a.dataplane.watches("ui000001"));
    eventually("app is watched", () -> b.dataplane.watches("app00001"));
  }

  private boolean said(String expected) {
    return model().conversations().stream()
        .anyMatch(conversation -> words(conversation).contains(expected));
  }

  private static String words(Conversation conversation) {
    return conversation.entries().stream()
        .map(
            entry ->
                conversation.from().group()
                    + ">"
                    + conversation.to().group()
                    + " "
                    + entry.application()
                    + " "
                    + entry.sessions()
                    + " "
                    + entry.bytesToServer())
        .collect(Collectors.joining("\n"));
  }

  private ControllerRig controller() {
    ControllerRig present = rig;
    if (present == null) {
      throw new IllegalStateException("no controller");
    }
    return present;
  }

  private NetworkModel model() {
    return controller().model();
  }

  private NetworkModel.Node node(String id) {
    return model().nodes().stream()
        .filter(node -> node.info().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private PacketCapture capture(String id) {
    return controller().captures().list().stream()
        .filter(capture -> capture.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private FlowRecord flow(
      String client, String server, int port, Application application, long bytes) {
    Instant instant = Instant.now();
    long now = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    return new FlowRecord(
        flowIds.incrementAndGet(),
        client.equals("10.1.0.2") ? "ui000001" : "app00001",
        Transport.TCP,
        6,
        new Endpoint(IpAddress.parse(client), 40_000),
        new Endpoint(IpAddress.parse(server), port),
        false,
        application,
        1,
        bytes,
        1,
        bytes,
        now,
        now,
        FlowState.ESTABLISHED,
        Map.of());
  }

  private static FlowRecord identified(FlowRecord flow, Application application, long bytes) {
    return new FlowRecord(
        flow.id(),
        flow.workloadId(),
        flow.transport(),
        flow.protocolNumber(),
        flow.client(),
        flow.server(),
        false,
        application,
        2,
        bytes,
        2,
        bytes,
        flow.firstSeen(),
        flow.lastSeen(),
        FlowState.CLOSED,
        Map.of());
  }

  private static EnforcerConfig config() {
    return (EnforcerConfig)
        Proxy.newProxyInstance(
            EnforcerConfig.class.getClassLoader(),
            new Class<?>[] {EnforcerConfig.class},
            (proxy, method, arguments) ->
                method.getName().equals("reportMillis") ? MILLIS : method.getDefaultValue());
  }

  private final class Host {
    private final FakeProbe probe = new FakeProbe();
    private final FakeSource source = new FakeSource("docker", 300);
    private final FakeDataplane dataplane = new FakeDataplane();
    private final Enforcer enforcer;

    Host(String id, String address) {
      probe.network(FakeProbe.HOST, address, "127.0.0.1");
      enforcer =
          new Enforcer(
              config(),
              new NodeFacts(id, "host-" + id, "6.1", "Debian", 2, 1L << 30),
              "0.1.0",
              home.resolve(id),
              1,
              probe,
              new Parts(() -> link, () -> null, () -> null, () -> null));
    }

    void start() {
      enforcer.addSource(source);
      enforcer.dataplane(dataplane);
      enforcer.start();
      controller().policies().follow(enforcer.nodeId(), enforcer::policy);
    }
  }

  /** Loses calls and answers, when it fails. */
  private final class Link implements ReportService {
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean failing;

    @Override
    public ReportReceipt report(NodeReport report) {
      int kind = failing ? calls.incrementAndGet() % 3 : 0;
      if (kind == 1) {
        failures.incrementAndGet();
        throw new SallyportException(ErrorCode.INTERNAL, "the call was lost");
      }
      ReportReceipt receipt = controller().reports().report(report);
      if (kind == 2) {
        failures.incrementAndGet();
        throw new SallyportException(ErrorCode.INTERNAL, "the answer was lost");
      }
      return receipt;
    }

    @Override
    public void capturedPackets(String captureId, long offset, byte[] bytes) {
      controller().reports().capturedPackets(captureId, offset, bytes);
    }
  }
}
