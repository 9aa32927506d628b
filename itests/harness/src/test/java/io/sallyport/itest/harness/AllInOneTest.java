/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node starts, answers by each of its ways in, survives a kill. */
@ExtendWith(HarnessExtension.class)
class AllInOneTest {
  @Test
  void answersByEachOfItsWaysIn() {
    try (AllInOne node = new AllInOne().watching(ContainerRuntime.shared())) {
      node.start();
      assertThat(node.rest().get("/v1/workload").has("workloads")).isTrue();
      assertThatThrownBy(() -> node.rest().get("/v1/nothing")).hasMessageContaining("404");
      assertThat(node.shell("bundle:list").orThrow().out()).contains("Sallyport :: api");
      assertThat(node.folder().resolve("deploy")).isDirectory();

      node.kill();
      assertThat(node.ready()).isFalse();
      node.start();
      assertThat(node.rest().get("/health").path("ready").asBoolean()).isTrue();
    }
  }

  @Test
  void saysWhatTheNodeSaidWhenItDoesNotStart() throws Exception {
    try (AllInOne node = new AllInOne()) {
      Path start = node.folder().resolve("bin/sallyport-node");
      Files.writeString(start, "#!/bin/sh\necho no luck today\nexit 1\n");
      assertThatThrownBy(node::start).hasMessageContaining("no luck today");
    }
  }
}
