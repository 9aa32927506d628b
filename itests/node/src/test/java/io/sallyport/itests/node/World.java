/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.itest.harness.AllInOne;
import io.sallyport.itest.harness.Await;
import io.sallyport.itest.harness.Command;
import io.sallyport.itest.harness.ContainerRuntime;
import io.sallyport.itest.harness.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The application of the walk with its outside client, and a node beside it: one for all tests. */
final class World {
  static final Duration SOON = Duration.ofSeconds(60);

  private static final class Holder {
    static final World SHARED = new World();
  }

  private final Path root = root();
  private final Path runtime;
  private final AllInOne node;

  private World() {
    ContainerRuntime containers = ContainerRuntime.shared();
    runtime = Optional.ofNullable(containers.dockerSocket().getParent()).orElseThrow();
    TestRun.current().onEnd(() -> demo("yelb", "down", runtime.toString()).run());
    demo("yelb", "up", runtime.toString()).within(Duration.ofMinutes(8)).run().orThrow();
    node = new AllInOne().watching(containers);
    TestRun.current().onEnd(node::close);
    node.start();
  }

  static World shared() {
    return Holder.SHARED;
  }

  AllInOne node() {
    return node;
  }

  /** The source tree. */
  Path sources() {
    return root;
  }

  Command demo(String script, String... words) {
    // A port of its own: a demonstration may be running on this machine.
    return Command.of(root.resolve("demo").resolve(script).toString())
        .with(words)
        .env("SALLYPORT_DEMO_PORT", "18480");
  }

  /** A command of the client outside. */
  Command outside(String... words) {
    return demo("yelb", "client", runtime.toString()).with(words);
  }

  /** {@code docker}, for the daemon of this world. */
  Command docker(String... words) {
    return Command.of("docker")
        .with(words)
        .env("DOCKER_HOST", "unix://" + runtime + "/docker.sock");
  }

  /** Waits until REST's answer has an element that is accepted, and answers that. */
  JsonNode await(String what, String path, String list, Predicate<JsonNode> accepted) {
    return Await.value(
            what, SOON, () -> find(node.rest().get(path).path(list), accepted), Optional::isPresent)
        .orElseThrow();
  }

  static Optional<JsonNode> find(JsonNode list, Predicate<JsonNode> accepted) {
    return StreamSupport.stream(list.spliterator(), false).filter(accepted).findFirst();
  }

  /** The id of a container by its name. */
  String id(String name) {
    return await(
            name,
            "/v1/workload",
            "workloads",
            w ->
                w.path("display_name").asText().equals(name)
                    || w.path("name").asText().equals(name))
        .path("id")
        .asText();
  }

  /** Packets that captures have lost, all together. */
  long dropped() {
    long dropped = 0;
    for (JsonNode status : node.rest().get("/v1/sallyport/status").path("nodes")) {
      for (JsonNode capture : status.path("dataplane").path("captures")) {
        dropped += capture.path("dropped").asLong();
      }
    }
    return dropped;
  }

  /** A line that the test's report collects. */
  static void shown(int step, String what) {
    System.out.println("WALK " + step + ": shown: " + what);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("demo/runtime"))) {
      folder = Optional.ofNullable(folder.getParent()).orElseThrow();
    }
    return folder;
  }
}
