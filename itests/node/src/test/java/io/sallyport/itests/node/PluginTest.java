/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.itest.harness.Await;
import io.sallyport.itest.harness.Client;
import io.sallyport.itest.harness.HarnessExtension;
import io.sallyport.itest.harness.Lab;
import io.sallyport.itest.harness.Server;
import io.sallyport.itest.harness.ServerKind;
import io.sallyport.itest.harness.TestRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Plugins that come and go while traffic flows: good ones, and bad ones. */
@ExtendWith(HarnessExtension.class)
class PluginTest {
  private final World world = World.shared();

  @Test
  void namesAProtocolThatAThirdPartyDeploys(Lab lab) {
    Server server = lab.server(ServerKind.MEMCACHED);
    Client client = lab.client();
    String from = world.id(client.container().name());
    String to = world.id(server.container().name());
    Path jar = Plugins.memcached(world);
    client.memcached(server, "set color 0 0 4\r\nblue\r\n").orThrow();
    world.await(
        "the flow without a name",
        "/v1/conversation",
        "conversations",
        c -> c.path("from").asText().equals(from) && c.path("to").asText().equals(to));
    assertThat(applications(from, to)).doesNotContain("Memcached");

    long dropped = world.dropped();
    long sessions = httpSessions();
    Path deployed = world.node().deploy(jar);
    Await.until(
        "the protocol's name",
        World.SOON,
        () -> {
          client.memcached(server, "get color\r\n").orThrow();
          return applications(from, to).contains("Memcached");
        });
    assertThat(parser("Memcached")).isPresent();
    Await.until("other flows go on", World.SOON, () -> httpSessions() > sessions);
    assertThat(world.dropped()).as("packets lost").isEqualTo(dropped);

    world.node().undeploy(deployed);
    Await.until("the parser's end", World.SOON, () -> parser("Memcached").isEmpty());
    client.memcached(server, "get color\r\n").orThrow();
    world.await(
        "flows without a name again",
        "/v1/session?f_workload=" + to,
        "sessions",
        s ->
            s.path("application").asText().isEmpty()
                || s.path("application").asText().equals("unknown"));
    assertThat(world.dropped()).as("packets lost").isEqualTo(dropped);
    World.shown(27, "a third party's parser deployed and removed under traffic, no packet lost");
  }

  @Test
  void containsAPluginThatThrows(Lab lab) {
    Path deployed =
        world.node().deploy(Plugins.fixture(world, "parser-throwing", "ThrowingParser"));
    try {
      // Nobody else recognises this one, so that it comes to be asked.
      Server memcached = lab.server(ServerKind.MEMCACHED);
      Client client = lab.client();
      long sessions = httpSessions();
      Await.until(
          "its errors are counted, and others are named all the same",
          World.SOON,
          () -> {
            client.memcached(memcached, "get color\r\n").orThrow();
            return parser("Throwing").filter(p -> p.path("errors").asLong() > 0).isPresent()
                && httpSessions() > sessions;
          });
      assertThat(parser("Throwing").orElseThrow().path("problem").asText())
          .contains("I always throw");
    } finally {
      world.node().undeploy(deployed);
    }
  }

  @Test
  void containsAPluginThatNeverReturns(Lab lab) {
    Path deployed = world.node().deploy(Plugins.fixture(world, "parser-hanging", "HangingParser"));
    try {
      Await.until("the parser", World.SOON, () -> parser("Hanging").isPresent());
      Server redis = lab.server(ServerKind.REDIS);
      Client client = lab.client();
      String from = world.id(client.container().name());
      String to = world.id(redis.container().name());
      client
          .container()
          .exec("bash", "-c", "exec 3<>/dev/tcp/" + redis.address() + "/6379; echo hang >&3");
      Await.until(
          "the hang is seen",
          World.SOON,
          () -> parser("Hanging").filter(p -> p.path("hangs").asLong() > 0).isPresent());
      long sessions = httpSessions();
      Await.until(
          "every flow goes on",
          World.SOON,
          () -> {
            client.redis(redis, "PING").orThrow();
            return applications(from, to).contains("Redis") && httpSessions() > sessions;
          });
      assertThat(parser("Hanging").orElseThrow().path("state").asText()).isEqualTo("suspended");
    } finally {
      world.node().undeploy(deployed);
    }
  }

  @Test
  void saysWhatIsWrongWithAJar() throws IOException {
    Path folder = TestRun.current().newFolder("jars");
    Path junk = Files.writeString(folder.resolve("junk.jar"), "this is no jar");
    Path needy =
        bundle(
            folder.resolve("needy.jar"),
            "Bundle-ManifestVersion: 2\nBundle-SymbolicName: needy\nImport-Package: org.absent.pkg\n");
    Path plain = bundle(folder.resolve("plain.jar"), "");
    for (Path jar : new Path[] {junk, needy, plain}) {
      Path deployed = world.node().deploy(jar);
      String name = jar.getFileName().toString();
      JsonNode plugin =
          world.await(
              "the complaint about " + name,
              "/v1/sallyport/plugin",
              "plugins",
              p -> p.path("file").asText().equals(name) && complains(p, name));
      assertThat(plugin.path("active").asBoolean()).isFalse();
      assertThat(world.node().shell("sp:parsers").out()).contains(name);
      world.node().undeploy(deployed);
    }
  }

  /** A bundle that lacks something says what; what is no bundle says so. */
  private static boolean complains(JsonNode plugin, String name) {
    String problem = plugin.path("problem").asText();
    return name.equals("needy.jar") ? problem.contains("org.absent.pkg") : !problem.isEmpty();
  }

  private static Path bundle(Path file, String headers) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(("Manifest-Version: 1.0\n" + headers).getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    return file;
  }

  private Optional<JsonNode> parser(String application) {
    JsonNode answer = world.node().rest().get("/v1/sallyport/parser");
    return World.find(
        answer.path("parsers"), p -> p.path("application").asText().equals(application));
  }

  private String applications(String from, String to) {
    return World.find(
            world.node().rest().get("/v1/conversation").path("conversations"),
            c -> c.path("from").asText().equals(from) && c.path("to").asText().equals(to))
        .map(c -> c.path("applications").toString())
        .orElse("");
  }

  /** Sessions between the web server and the application server, which go on all the time. */
  private long httpSessions() {
    String from = world.id("yelb-ui");
    String to = world.id("yelb-appserver");
    return World.find(
            world.node().rest().get("/v1/conversation").path("conversations"),
            c -> c.path("from").asText().equals(from) && c.path("to").asText().equals(to))
        .map(c -> c.path("sessions").asLong())
        .orElse(0L);
  }
}
