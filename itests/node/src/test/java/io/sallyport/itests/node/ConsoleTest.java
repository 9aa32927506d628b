/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.itest.harness.Command;
import io.sallyport.itest.harness.HarnessExtension;
import io.sallyport.itest.harness.Result;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console before this node, in a real browser. */
@ExtendWith(HarnessExtension.class)
class ConsoleTest {
  private final World world = World.shared();

  @Test
  void showsTheApplicationInABrowser() {
    world.await(
        "the database's protocol",
        "/v1/conversation",
        "conversations",
        c -> c.path("applications").toString().contains("PostgreSQL"));
    Path frontend = world.sources().resolve("bundles/webconsole/src/main/frontend");
    Result result =
        Command.of("node", "--test", frontend.resolve("test/browser/live.mjs").toString())
            .env("CONSOLE_URL", world.node().rest().base() + "/")
            .env("CONSOLE_PASSWORD", world.node().password())
            .within(Duration.ofMinutes(3))
            .run();
    assertThat(result.succeeded()).as(result.out() + result.err()).isTrue();
    World.shown(
        3, "namespace filter, expanded group, conversations, search, fit, legend, snapshot");
  }
}
