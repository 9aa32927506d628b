/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import static io.sallyport.rest.internal.fake.FakeModel.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.network.MapView;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MapMailboxTest {
  @Test
  void deltasMergeIntoTheSnapshotThatWasNotTakenYet() throws InterruptedException {
    MapMailbox mailbox = new MapMailbox();
    mailbox.put(view(1, true, List.of(node("a"), node("b")), Set.of()));
    mailbox.put(view(2, false, List.of(node("c")), Set.of("a")));

    MapView taken = mailbox.take(1, TimeUnit.SECONDS);

    assertThat(taken).isNotNull();
    assertThat(taken.full()).isTrue();
    assertThat(taken.revision()).isEqualTo(2);
    assertThat(taken.nodes()).extracting(MapView.Node::id).containsExactly("b", "c");
    assertThat(taken.removedNodes()).isEmpty();
    assertThat(mailbox.take(1, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void deltasMergeSoThatTheLastWordCounts() {
    MapView first = view(2, false, List.of(node("a")), Set.of("b", "c"));
    MapView second = view(3, false, List.of(node("b")), Set.of("a"));

    MapView merged = MapMailbox.merge(first, second);

    assertThat(merged.full()).isFalse();
    assertThat(merged.nodes()).extracting(MapView.Node::id).containsExactly("b");
    assertThat(merged.removedNodes()).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void newSnapshotReplacesEverything() throws InterruptedException {
    MapMailbox mailbox = new MapMailbox();
    mailbox.put(view(2, false, List.of(node("a")), Set.of("b")));
    MapView snapshot = view(3, true, List.of(node("z")), Set.of());
    mailbox.put(snapshot);
    assertThat(mailbox.take(1, TimeUnit.SECONDS)).isEqualTo(snapshot);
  }

  private static MapView view(
      long revision, boolean full, List<MapView.Node> nodes, Set<String> removed) {
    return new MapView(revision, full, nodes, List.of(), removed, Set.of(), false);
  }
}
