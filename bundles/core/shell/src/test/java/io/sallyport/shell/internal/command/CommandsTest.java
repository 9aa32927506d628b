/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowReplay;
import io.sallyport.api.link.FlowMessage;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandsTest {
  private final FakeModel model = new FakeModel();
  private final FakeShell shell = new FakeShell().with(NetworkModel.class, model);

  @Test
  void statusShowsNodesSourcesCapturesAndCounters() {
    assertThat(shell.run(new StatusCommand()))
        .contains("host-1", "connected", "/run/docker.sock", "refused", "in use", "flows_evicted");
  }

  @Test
  void workloadsShowNothingThatATerminalWouldObey() {
    String printed = shell.run(new WorkloadsCommand());
    assertThat(printed).contains("aaaaaaaaaaaa  web?[31m", "nv.web.shop", "10.0.0.2");
    assertThat(printed).doesNotContain("\u001b", "docker");
  }

  @Test
  void wideShowsMoreAndPlainShowsNoHeadings() {
    WorkloadsCommand wide = new WorkloadsCommand();
    wide.format = "wide";
    assertThat(shell.run(wide)).contains("RUNTIME", "docker", "node-1");

    WorkloadsCommand plain = new WorkloadsCommand();
    plain.noFormat = true;
    assertThat(shell.run(plain)).startsWith("aaaaaaaaaaaa\tweb?[31m\tnv.web.shop\tnginx\t10.0.0.2");
  }

  @Test
  void jsonHasEveryColumnAndEscapes() {
    WorkloadsCommand json = new WorkloadsCommand();
    json.format = "json";
    assertThat(shell.run(json))
        .startsWith("[{\"id\":\"aaaaaaaaaaaa\",\"name\":\"web\\u001b[31m\",")
        .contains("\"pid\":7");
    StatusCommand status = new StatusCommand();
    status.format = "json";
    assertThat(shell.run(status)).startsWith("{\"nodes\":[{\"node\":\"host-1\"");
  }

  @Test
  void unknownFormIsOneLine() {
    GroupsCommand command = new GroupsCommand();
    command.format = "yaml";
    assertThat(shell.run(command))
        .isEqualTo("Error: -o must be table, wide or json, not \"yaml\"\n");
  }

  @Test
  void groupsAndConversations() {
    assertThat(shell.run(new GroupsCommand())).contains("nv.web.shop", "Discover", "Monitor");
    assertThat(shell.run(new ConversationsCommand()))
        .contains("198.51.100.7", "HTTP", "tcp/80", "2.9 KiB", "learn");

    ConversationsCommand other = new ConversationsCommand();
    other.from = "nv.web.shop";
    assertThat(shell.run(other)).doesNotContain("tcp/80");
  }

  @Test
  void parsersWithTheirCostAndPluginsWithProblems() {
    assertThat(shell.run(new ParsersCommand()))
        .contains("HTTP", "active", "1.2 µs", "broken.jar", "it is no bundle");
  }

  @Test
  void flowsAreOneLineEachOldestFirst() {
    List<String> lines = shell.run(new FlowsCommand()).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  198.51.100.7:40000 → web:80  \\(HTTP\\) path=/x");

    FlowsCommand last = new FlowsCommand();
    last.last = 1;
    assertThat(shell.run(last)).contains("40001").doesNotContain("40000");
  }

  @Test
  void flowsAreFiltered() {
    assertThat(flows(c -> c.from = "198.51.100.7")).hasSize(2);
    assertThat(flows(c -> c.notFrom = "external")).isEmpty();
    assertThat(flows(c -> c.to = "aaaaaaaa")).hasSize(2);
    assertThat(flows(c -> c.group = "nv.web.shop")).hasSize(2);
    assertThat(flows(c -> c.notDomain = "shop")).isEmpty();
    assertThat(flows(c -> c.application = "http")).hasSize(2);
    assertThat(flows(c -> c.notApplication = "HTTP")).isEmpty();
    assertThat(flows(c -> c.port = 40_000)).hasSize(1);
    assertThat(flows(c -> c.notPort = 40_000)).hasSize(1);
    assertThat(flows(c -> c.protocol = "udp")).isEmpty();
    assertThat(flows(c -> c.since = "5m")).isEmpty();
    assertThat(flows(c -> c.since = "soon")).singleElement().asString().contains("--since");
  }

  private List<String> flows(java.util.function.Consumer<FlowsCommand> options) {
    FlowsCommand command = new FlowsCommand();
    options.accept(command);
    return shell.run(command).lines().toList();
  }

  @Test
  void followShowsMessagesUntilInterrupted() throws InterruptedException {
    FlowsCommand command = new FlowsCommand();
    command.follow = true;
    Thread user = Thread.ofPlatform().start(() -> shell.run(command));
    model.following.await();

    NetworkModel.FlowFollower follower = Objects.requireNonNull(model.follower);
    follower.message(
        "node-1",
        new FlowMessage(
            FakeModel.flow(1, 40_000),
            Direction.TO_SERVER,
            Message.request().with("method", "GET").with("path", "/cart")));
    follower.missed(3);
    while (!shell.printed().contains("left out")) {
      Thread.sleep(5);
    }
    user.interrupt();
    user.join();

    assertThat(shell.printed()).contains("→ web:80  (HTTP) GET /cart", "3 left out");
    assertThat(model.left.getCount()).isZero();
  }

  @Test
  void captureWritesTheFileForItsOwnerAloneAndCleansUp(@TempDir Path directory) throws IOException {
    Captures captures = new Captures();
    shell.in(directory).with(PacketCaptures.class, captures);
    CaptureCommand command = new CaptureCommand();
    command.arguments = List.of("web", "--seconds", "3", "--out", "out.pcap");

    String printed = shell.run(command);

    Path file = directory.resolve("out.pcap");
    assertThat(printed).contains("Capturing web", "Wrote 100 B to " + file);
    assertThat(Files.size(file)).isEqualTo(100);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(captures.kept).isEmpty();
    assertThat(shell.run(command)).startsWith("Error: " + file + " exists already");
  }

  @Test
  void captureOfNobodyIsAClearError(@TempDir Path directory) {
    shell.in(directory).with(PacketCaptures.class, new Captures());
    CaptureCommand command = new CaptureCommand();
    command.arguments = List.of("nobody");
    assertThat(shell.run(command))
        .isEqualTo("Error: There is no running container \"nobody\"; see sp:workloads.\n");
    command.arguments = List.of("web", "--seconds", "0");
    assertThat(shell.run(command)).startsWith("Error: --seconds must be between 1 and 3600");
    assertThat(capture("web", "db")).startsWith("Error: name one container");
    assertThat(capture("web", "--colour")).startsWith("Error: there is no option --colour");
    assertThat(capture("web", "--seconds")).startsWith("Error: --seconds needs a value");
    assertThat(capture("web", "--seconds", "ten")).contains("must be a number, not \"ten\"");
    assertThat(directory).isEmptyDirectory();
  }

  private String capture(String... arguments) {
    CaptureCommand command = new CaptureCommand();
    command.arguments = List.of(arguments);
    return shell.run(command);
  }

  @Test
  void replayShowsFlowsOfGoodFilesBesideTheErrorOfABadOne(@TempDir Path directory) {
    shell.in(directory).with(FlowReplay.class, CommandsTest::replay);
    ReplayCommand command = new ReplayCommand();
    command.files = List.of("bad.pcap", "good.pcap");
    assertThat(shell.run(command))
        .startsWith("Error: bad.pcap is no capture file")
        .contains("198.51.100.7:40000", "HTTP", "good.pcap: 1 flows, 9 packets", "cut short");

    command.files = List.of("good.pcap", "-o", "json");
    assertThat(shell.run(command))
        .contains("\"protocol\":\"TCP\"", "\"attributes\":{\"path\":[\"/x\"]}");
  }

  private static FlowReplay.Summary replay(Path file, FlowObserver observer) {
    if (file.endsWith("bad.pcap")) {
      throw new SallyportException(ErrorCode.INVALID_REQUEST, "bad.pcap is no capture file");
    }
    observer.flow(FakeModel.flow(1, 40_000));
    return new FlowReplay.Summary(9, 4_500, 1, "the file is cut short");
  }

  @Test
  void withoutControllerEachCommandSaysSoInOneLine() {
    FakeShell enforcer = new FakeShell();
    CaptureCommand capture = new CaptureCommand();
    capture.arguments = List.of("web");
    ReplayCommand replay = new ReplayCommand();
    replay.files = List.of("x.pcap");
    for (SpCommand command :
        List.of(
            new WorkloadsCommand(),
            new GroupsCommand(),
            new ConversationsCommand(),
            new FlowsCommand(),
            new ParsersCommand(),
            capture,
            replay)) {
      assertThat(enforcer.run(command)).startsWith("Error: ").hasLineCount(1);
    }
    assertThat(enforcer.run(new StatusCommand())).contains("The controller is not running here");
  }

  @Test
  void enforcerShowsWhatIsLocal() {
    FakeShell enforcer = new FakeShell().with(Dataplane.class, new LocalDataplane());
    assertThat(enforcer.run(new StatusCommand())).contains("local", "ring", "flows_evicted");
    assertThat(enforcer.run(new WorkloadsCommand())).contains("aaaaaaaaaaaa", "ring");
  }

  @Test
  void whatNobodyExpectedIsOneLineToo() {
    FakeShell broken =
        new FakeShell()
            .with(
                FlowReplay.class,
                (file, observer) -> {
                  throw new IllegalStateException("broken");
                });
    ReplayCommand command = new ReplayCommand();
    command.files = List.of("x.pcap");
    assertThat(broken.run(command))
        .isEqualTo("Error: Something failed that should not have. See log:display.\n");
  }

  private static final class LocalDataplane implements Dataplane {
    @Override
    public Subscription watch(String workloadId, CaptureTarget target, FlowObserver observer) {
      return () -> {};
    }

    @Override
    public DataplaneStatus status() {
      return FakeModel.DATAPLANE;
    }
  }

  private static final class Captures implements PacketCaptures {
    private final List<PacketCapture> kept = new ArrayList<>();
    private int looks;

    @Override
    public String start(String workloadId, Duration duration, String filter) {
      kept.add(capture(PacketCapture.State.RUNNING));
      return "1";
    }

    private static PacketCapture capture(PacketCapture.State state) {
      return new PacketCapture("1", "w", "node-1", state, 100, FakeModel.NANOS, "");
    }

    @Override
    public List<PacketCapture> list() {
      if (++looks == 2) {
        kept.replaceAll(each -> capture(PacketCapture.State.STOPPED));
      }
      return kept;
    }

    @Override
    public void stop(String id) {}

    @Override
    public void delete(String id) {
      kept.clear();
    }

    @Override
    public InputStream open(String id) {
      return new ByteArrayInputStream(new byte[100]);
    }
  }
}
