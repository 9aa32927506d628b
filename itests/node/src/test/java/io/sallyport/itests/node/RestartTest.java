/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.itest.harness.HarnessExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node that is killed comes back with the same password and finds everything again. */
@ExtendWith(HarnessExtension.class)
class RestartTest {
  private final World world = World.shared();

  @Test
  void findsEverythingAgainAfterAKill() {
    String before = world.id("yelb-db");
    world.node().kill();
    assertThat(world.node().ready()).isFalse();
    world.node().start();
    assertThat(world.id("yelb-db")).isEqualTo(before);
    world.await(
        "the conversations",
        "/v1/conversation",
        "conversations",
        c ->
            c.path("to").asText().equals(before)
                && c.path("applications").toString().contains("PostgreSQL"));
  }
}
