/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.itest.harness.Await;
import io.sallyport.itest.harness.BackgroundProcess;
import io.sallyport.itest.harness.HarnessExtension;
import io.sallyport.itest.harness.Result;
import io.sallyport.itest.harness.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node's shell, by ssh, as a user types it. */
@ExtendWith(HarnessExtension.class)
class ShellTest {
  private final World world = World.shared();

  @ParameterizedTest
  @CsvSource({
    "sp:status, ring-ebpf",
    "sp:workloads, yelb-appserver",
    "sp:groups, nv.redis-server.yelb",
    "sp:conversations, PostgreSQL",
    "sp:parsers, Redis",
    "sp:flows --last 20, (HTTP)",
  })
  void answers(String command, String expected) throws Exception {
    Await.until(
        command,
        World.SOON,
        () ->
            world
                .node()
                .shell(command)
                .out()
                .toLowerCase(java.util.Locale.ROOT)
                .contains(expected.toLowerCase(java.util.Locale.ROOT)));
    String json = world.node().shell(command + " -o json").orThrow().out();
    for (String line : json.strip().lines().toList()) {
      assertThat(line).as(command).isNotBlank();
    }
    assertThat(new JsonMapper().readTree(json).isMissingNode()).isFalse();
    assertThat(world.node().shell(command + " --no-format").orThrow().out()).isNotBlank();
  }

  @Test
  void followsFlows() throws Exception {
    Path output = TestRun.current().newFolder("flows").resolve("out");
    try (BackgroundProcess follow =
        world.node().shellCommand("sp:flows --follow --application HTTP").start(output)) {
      Await.until("a flow", World.SOON, () -> follow.tail(200).contains("(HTTP) GET"));
    }
  }

  @Test
  void capturesAndReplays() throws Exception {
    Path file = TestRun.current().newFolder("shell").resolve("c.pcap");
    world.node().shell("sp:capture redis-server --seconds 3 --out " + file).orThrow();
    assertThat(Files.size(file)).isGreaterThan(24);
    assertThat(world.node().shell("sp:replay " + file).orThrow().out()).contains("Redis");
  }

  @Test
  void answersAMistakeInOneLine() {
    Result result = world.node().shell("sp:capture nobody-has-this-name --seconds 1");
    String said = (result.out() + result.err()).strip();
    assertThat(said).contains("nobody-has-this-name").doesNotContain("\tat ");
  }
}
