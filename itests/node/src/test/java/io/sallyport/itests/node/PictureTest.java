/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.itest.harness.Await;
import io.sallyport.itest.harness.BackgroundProcess;
import io.sallyport.itest.harness.Command;
import io.sallyport.itest.harness.Container;
import io.sallyport.itest.harness.ContainerSpec;
import io.sallyport.itest.harness.Containerd;
import io.sallyport.itest.harness.HarnessExtension;
import io.sallyport.itest.harness.Lab;
import io.sallyport.itest.harness.Server;
import io.sallyport.itest.harness.ServerKind;
import io.sallyport.itest.harness.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is found, and who talks to whom. */
@ExtendWith(HarnessExtension.class)
class PictureTest {
  private final World world = World.shared();

  @Test
  void findsEveryContainerAndItsGroup() {
    for (String service : List.of("yelb-ui", "yelb-appserver", "yelb-db", "redis-server")) {
      JsonNode group =
          world.await(
              "the group of " + service,
              "/v1/group",
              "groups",
              g -> g.path("name").asText().equals("nv." + service + ".yelb"));
      assertThat(group.path("policy_mode").asText()).isEqualTo("Discover");
      assertThat(group.path("members")).hasSize(1);
      assertThat(group.path("learned").asBoolean()).isTrue();
    }
    for (String reserved : List.of("nodes", "external", "containers")) {
      world.await(reserved, "/v1/group", "groups", g -> g.path("name").asText().equals(reserved));
    }
    World.shown(1, "every container found, groups nv.<service>.yelb in mode Discover");
  }

  @Test
  void namesWhatTheApplicationSays() {
    edge("yelb-ui", "yelb-appserver", "HTTP", "tcp/4567");
    edge("yelb-appserver", "yelb-db", "PostgreSQL", "tcp/5432");
    edge("yelb-appserver", "redis-server", "Redis", "tcp/6379");
    conversation("external", world.id("yelb-ui"), "HTTP", "tcp/80");
  }

  private void edge(String from, String to, String application, String port) {
    conversation(world.id(from), world.id(to), application, port);
  }

  private void conversation(String from, String to, String application, String port) {
    JsonNode conversation =
        world.await(
            from + " → " + to + " " + application,
            "/v1/conversation",
            "conversations",
            c ->
                c.path("from").asText().equals(from)
                    && c.path("to").asText().equals(to)
                    && c.path("applications").toString().contains('"' + application + '"')
                    && c.path("ports").toString().contains('"' + port + '"'));
    assertThat(conversation.path("bytes").asLong()).isPositive();
    assertThat(conversation.path("sessions").asLong()).isPositive();
    assertThat(conversation.path("policy_action").asText()).isNotEmpty();
  }

  @Test
  void showsANewFlowWithoutAReload() throws Exception {
    Path received = TestRun.current().newFolder("stream").resolve("events");
    Command stream =
        Command.of("curl", "-skN", "-H", "X-Auth-Token: " + world.node().rest().token())
            .with(world.node().rest().base() + "/v1/stream");
    try (BackgroundProcess events = stream.start(received)) {
      Await.until("the map", World.SOON, () -> text(received).contains("event: snapshot"));
      String edge = "nv.yelb-db.yelb→nv.redis-server.yelb";
      assertThat(text(received)).doesNotContain(edge);
      world
          .docker("exec", "yelb-db", "bash", "-c")
          .with("exec 3<>/dev/tcp/redis-server/6379; printf 'PING\\r\\n' >&3; head -c 5 <&3")
          .run()
          .orThrow();
      Await.until(
          "the new edge",
          World.SOON,
          () -> {
            String delta = text(received);
            int at = delta.indexOf("event: delta");
            return at > 0 && delta.indexOf(edge, at) > 0 && delta.indexOf("Redis", at) > 0;
          });
      assertThat(events.alive()).isTrue();
    }
    World.shown(2, "the graph with direction, application, port, bytes, sessions; new flows live");
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (java.io.IOException e) {
      return "";
    }
  }

  @Test
  void findsContainersOfEveryRuntime(Lab lab, Containerd containerd) {
    Server redis = lab.server(ServerKind.REDIS);
    io.sallyport.itest.harness.Client client = lab.client();
    Container early =
        lab.container(
            containerd, ContainerSpec.of("ubuntu").compose("shop", "till").running("sleep", "600"));
    world.await(
        "containerd's container",
        "/v1/group",
        "groups",
        g -> g.path("name").asText().equals("nv.till.shop"));
    String server = world.id(redis.container().name());
    String caller = world.id(client.container().name());
    Await.until(
        "redis between two runc containers",
        World.SOON,
        () -> {
          client.redis(redis, "SET", "color", "blue").orThrow();
          return World.find(
                  world.node().rest().get("/v1/conversation").path("conversations"),
                  c ->
                      c.path("from").asText().equals(caller)
                          && c.path("to").asText().equals(server)
                          && c.path("applications").toString().contains("Redis"))
              .isPresent();
        });
    early.close();
    Await.until(
        "the end of containerd's container",
        World.SOON,
        () ->
            World.find(
                    world.node().rest().get("/v1/workload").path("workloads"),
                    w -> w.path("id").asText().equals(early.id()))
                .isEmpty());
  }

  @Test
  void followsScaling() {
    world.demo("yelb", "scale", runtimeFolder(), "yelb-ui", "3").run().orThrow();
    try {
      world.await(
          "three members",
          "/v1/group",
          "groups",
          g -> g.path("name").asText().equals("nv.yelb-ui.yelb") && g.path("members").size() == 3);
    } finally {
      world.demo("yelb", "scale", runtimeFolder(), "yelb-ui", "1").run().orThrow();
    }
    world.await(
        "one member again",
        "/v1/group",
        "groups",
        g -> g.path("name").asText().equals("nv.yelb-ui.yelb") && g.path("members").size() == 1);
  }

  private static String runtimeFolder() {
    return String.valueOf(
        io.sallyport.itest.harness.ContainerRuntime.shared().dockerSocket().getParent());
  }

  @Test
  void saysWhichRuntimeIsMissing() {
    JsonNode status = world.node().rest().get("/v1/sallyport/status").path("nodes").path(0);
    assertThat(status.path("sources").toString()).contains("docker.sock", "containerd.sock");
    assertThat(
            World.find(
                status.path("dataplane").path("backends"), b -> b.path("active").asBoolean()))
        .isPresent();
  }
}
