/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFactsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void keepsTheNodesId() throws IOException {
    Path machine = Files.writeString(folder.resolve("machine-id"), "1234\n");
    Path home = folder.resolve("home");
    String id = NodeFacts.id(home, machine);

    assertThat(id).matches("[0-9a-f]{32}").doesNotContain("1234");
    Files.writeString(machine, "another\n");
    assertThat(NodeFacts.id(home, machine)).isEqualTo(id);
  }

  @Test
  void findsTheSameIdWhereItCannotBeKept() throws IOException {
    Path machine = Files.writeString(folder.resolve("machine-id"), "1234\n");
    Path home = folder.resolve("home");
    String id = NodeFacts.id(home, machine);
    Files.delete(home.resolve("node-id"));

    assertThat(NodeFacts.id(home, machine)).isEqualTo(id);
    assertThat(NodeFacts.id(folder.resolve("other"), machine)).isNotEqualTo(id);
  }

  @Test
  void takesAnIdThatSomeoneChose() throws IOException {
    Files.writeString(folder.resolve("node-id"), "rack-7\n");
    assertThat(NodeFacts.id(folder, folder.resolve("absent"))).isEqualTo("rack-7");

    Files.writeString(folder.resolve("node-id"), "../not an id\n");
    assertThat(NodeFacts.id(folder, folder.resolve("absent"))).matches("[0-9a-f]{32}");
  }

  @Test
  void knowsThisHost() {
    NodeFacts facts = NodeFacts.read(folder);

    assertThat(facts.name()).isNotBlank();
    assertThat(facts.kernel()).isNotBlank();
    assertThat(facts.memory()).isGreaterThan(1 << 20);
  }
}
