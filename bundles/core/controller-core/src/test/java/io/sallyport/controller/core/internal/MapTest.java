/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import static io.sallyport.api.dpi.Application.UNKNOWN;
import static io.sallyport.api.dpi.Applications.HTTP;
import static io.sallyport.api.dpi.Applications.REDIS;
import static io.sallyport.controller.core.internal.Node.NOW;
import static io.sallyport.controller.core.internal.Node.SECOND;
import static io.sallyport.controller.core.internal.Node.delta;
import static io.sallyport.controller.core.internal.Node.egress;
import static io.sallyport.controller.core.internal.Node.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.network.MapView;
import io.sallyport.api.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapTest {
  private final Model model = new Model(Configs.controller(), () -> NOW);
  private final Node node = new Node("a", "192.0.2.1");
  private final Workload ui = node.workload("ui000001", "ui", "yelb", "172.17.0.2");
  private final Workload app1 = node.workload("app00001", "app", "yelb", "172.17.0.3");
  private final Workload app2 = node.workload("app00002", "app", "yelb", "172.17.0.4");

  @Test
  void drawsGroupsHostsAndTheOutside() {
    model.take(
        node.full(
            List.of(ui, app1, app2),
            ingress(ui.id(), "198.51.100.7", 80, HTTP, 1, 10),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 1, 10),
            egress(ui.id(), "172.17.0.4", 4567, HTTP, 2, 20),
            egress(app1.id(), "172.17.0.4", 4567, HTTP, 1, 10),
            egress(app1.id(), "192.0.2.1", 6379, REDIS, 1, 10)));

    MapSnapshot map = model.draw(Set.of());

    assertThat(map.nodes()).containsOnlyKeys("nv.ui.yelb", "nv.app.yelb", "a", "external");
    assertThat(map.edges())
        .containsOnlyKeys(
            "external→nv.ui.yelb",
            "nv.ui.yelb→nv.app.yelb",
            "nv.app.yelb→nv.app.yelb",
            "nv.app.yelb→a");
    MapView.Edge edge = edge(map, "nv.ui.yelb→nv.app.yelb");
    assertThat(edge.applications()).containsExactly("HTTP");
    assertThat(edge.ports()).containsExactly("tcp/4567");
    assertThat(edge.sessions()).isEqualTo(3);
    assertThat(edge.bytes()).isEqualTo(90);
    assertThat(node(map, "nv.app.yelb").members()).isEqualTo(2);
    assertThat(node(map, "nv.app.yelb").mode()).isEqualTo("Discover");
  }

  @Test
  void expandsAGroupIntoItsContainers() {
    model.take(
        node.full(
            List.of(ui, app1, app2),
            egress(ui.id(), "172.17.0.3", 4567, HTTP, 1, 10),
            egress(app1.id(), "172.17.0.4", 4567, HTTP, 1, 10)));

    MapSnapshot map = model.draw(Set.of("nv.app.yelb"));

    assertThat(map.nodes()).containsOnlyKeys("nv.ui.yelb", "app00001", "app00002");
    assertThat(map.edges()).containsOnlyKeys("nv.ui.yelb→app00001", "app00001→app00002");
    assertThat(node(map, "app00001").group()).isEqualTo("nv.app.yelb");
    assertThat(node(map, "app00001").addresses()).containsExactly("172.17.0.3");
  }

  @Test
  void saysAnyPortWhenThereAreMany() {
    model.take(node.full(List.of(ui, app1)));
    for (int port = 1; port <= 30; port++) {
      model.take(node.changes(egress(ui.id(), "172.17.0.3", port, UNKNOWN, 1, 1)));
    }

    assertThat(edge(model.draw(Set.of()), "nv.ui.yelb→nv.app.yelb").ports()).containsExactly("any");
  }

  @Test
  void leavesOutWhoHasSaidNothingForLongest() {
    Model small = new Model(Configs.controller("maxMapNodes", 4), () -> NOW);
    List<Workload> workloads = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      workloads.add(node.workload("w000000" + i, "s" + i, "", "172.17.1." + i));
    }
    small.take(node.full(workloads));
    for (int i = 0; i < 9; i++) {
      small.take(
          node.changes(
              delta(
                  "w000000" + i,
                  false,
                  "198.51.100.1",
                  443,
                  UNKNOWN,
                  1,
                  1,
                  NOW + 120L * i * SECOND)));
    }

    MapSnapshot map = small.draw(Set.of());

    assertThat(map.truncated()).isTrue();
    assertThat(map.nodes()).containsOnlyKeys("nv.s8", "nv.s7", "nv.s6", "external");
    assertThat(map.edges()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void changesAddUpToTheWhole(long seed) {
    Random random = new Random(seed);
    Model tight =
        new Model(
            Configs.of(
                ControllerConfig.class,
                Map.of("maxMapNodes", 8, "maxConversations", 12, "maxAddresses", 5)),
            () -> NOW);
    tight.take(node.full(List.of()));
    Set<String> expanded = Set.of("nv.s1", "nv.s2");
    TreeMap<String, MapView.Node> nodes = new TreeMap<>();
    TreeMap<String, MapView.Edge> edges = new TreeMap<>();
    MapSnapshot shown = MapSnapshot.EMPTY;
    for (int step = 0; step < 200; step++) {
      tight.take(randomReport(random));
      MapSnapshot now = tight.draw(expanded);
      MapView change = now.since(shown, step);
      change.removedNodes().forEach(nodes::remove);
      change.removedEdges().forEach(edges::remove);
      change.nodes().forEach(each -> nodes.put(each.id(), each));
      change.edges().forEach(each -> edges.put(each.id(), each));
      shown = now;

      MapView whole = tight.draw(expanded).whole(step);
      assertThat(nodes.values()).containsExactlyInAnyOrderElementsOf(whole.nodes());
      assertThat(edges.values()).containsExactlyInAnyOrderElementsOf(whole.edges());
      assertThat(edges.values()).allMatch(e -> nodes.containsKey(e.from()));
      assertThat(edges.values()).allMatch(e -> nodes.containsKey(e.to()));
    }
  }

  @Test
  void tellsFollowersTheWholeAndThenWhatChanges() throws InterruptedException {
    model.take(node.full(List.of(ui, app1)));
    LinkedBlockingQueue<MapView> views = new LinkedBlockingQueue<>();
    try (Subscription follower = model.map(Set.of(), views::add)) {
      MapView whole = next(views);
      assertThat(whole.full()).isTrue();
      assertThat(whole.nodes()).hasSize(2);

      model.take(node.changes(egress(ui.id(), "172.17.0.3", 4567, HTTP, 1, 10)));
      MapView change = next(views);
      assertThat(change.full()).isFalse();
      assertThat(change.revision()).isEqualTo(whole.revision() + 1);
      assertThat(change.edges())
          .extracting(MapView.Edge::id)
          .containsExactly("nv.ui.yelb→nv.app.yelb");
      assertThat(change.nodes()).isEmpty();
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void holdsUpNobodyForASlowFollower() throws InterruptedException {
    model.take(node.full(List.of(ui, app1)));
    CountDownLatch release = new CountDownLatch(1);
    LinkedBlockingQueue<MapView> slow = new LinkedBlockingQueue<>();
    LinkedBlockingQueue<MapView> quick = new LinkedBlockingQueue<>();
    try (Subscription one =
            model.map(
                Set.of(),
                view -> {
                  awaitQuietly(release);
                  slow.add(view);
                });
        Subscription other = model.map(Set.of(), quick::add)) {
      next(quick);
      for (int i = 1; i <= 3; i++) {
        model.take(node.changes(egress(ui.id(), "172.17.0.3", 4567 + i, HTTP, 1, 10)));
        next(quick);
      }
      release.countDown();

      assertThat(next(slow).full()).isTrue();
      assertThat(next(slow).edges().getFirst().sessions()).isEqualTo(3);
      assertThat(List.of(one, other)).doesNotContainNull();
    }
  }

  private io.sallyport.api.link.NodeReport randomReport(Random random) {
    int i = random.nextInt(6);
    String id = "w000000" + i;
    Workload workload = node.workload(id, "s" + i % 4, "", "172.17.1." + i);
    return switch (random.nextInt(6)) {
      case 0 -> node.changes(List.of(workload));
      case 1 -> node.gone(id);
      case 2 -> node.changes(egress(id, "198.51.100." + random.nextInt(9), 443, UNKNOWN, 1, 10));
      default ->
          node.changes(
              delta(
                  id,
                  random.nextBoolean(),
                  "172.17.1." + random.nextInt(6),
                  random.nextInt(3),
                  random.nextBoolean() ? HTTP : UNKNOWN,
                  random.nextInt(4) - 1,
                  random.nextInt(100),
                  NOW + step(random)));
    };
  }

  private static long step(Random random) {
    return random.nextInt(100) * 60L * SECOND;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MapView next(LinkedBlockingQueue<MapView> views) throws InterruptedException {
    @Nullable MapView view = views.poll(20, TimeUnit.SECONDS);
    assertThat(view).as("a view of the map").isNotNull();
    return view;
  }

  private static MapView.Node node(MapSnapshot map, String id) {
    MapView.Node node = map.nodes().get(id);
    assertThat(node).as(id).isNotNull();
    return node;
  }

  private static MapView.Edge edge(MapSnapshot map, String id) {
    MapView.Edge edge = map.edges().get(id);
    assertThat(edge).as(id).isNotNull();
    return edge;
  }
}
