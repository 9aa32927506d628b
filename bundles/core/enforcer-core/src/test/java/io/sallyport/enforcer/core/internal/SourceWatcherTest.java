/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.enforcer.core.internal.Eventually.eventually;
import static io.sallyport.enforcer.core.internal.FakeSource.container;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.ContainerListener;
import io.sallyport.api.workload.WorkloadSourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SourceWatcherTest {
  private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
  private final ContainerRegistry registry = new ContainerRegistry(3, changes::add);
  private final FakeSource source = new FakeSource("docker", 300);
  private final SourceWatcher watcher = watcher(source);

  @AfterEach
  void close() {
    watcher.close();
  }

  @Test
  void forgetsWhatIsNoLongerListed() throws InterruptedException {
    source.found(container("a", "a", 1), container("b", "b", 2)).listed();
    source.then(
        listener -> {
          throw new WorkloadSourceException("the daemon went away", null);
        });
    watcher.start();
    eventually("the watch fails", () -> watcher.status().problem().contains("went away"));
    assertThat(watcher.status().connected()).isFalse();
    assertThat(watcher.status().containers()).as("they may still run").isEqualTo(2);

    source.found(container("b", "b", 2), container("c", "c", 3)).listed();
    eventually("it is connected again", () -> watcher.status().connected());

    assertThat(watcher.status().problem()).isEmpty();
    assertThat(registry.container("a")).isNull();
    assertThat(registry.container("b")).isNotNull();
    assertThat(registry.container("c")).isNotNull();
  }

  @Test
  void survivesSourcesThatBreakTheirContract() throws InterruptedException {
    AtomicReference<ContainerListener> kept = new AtomicReference<>();
    source.then(
        listener -> {
          kept.set(listener);
          listener.container(container(" ", "nobody", 1));
          listener.container(container("a", "not running", 0));
          listener.gone("never seen");
          throw new IllegalStateException("a defect");
        });
    watcher.start();
    eventually("the defect is shown", () -> watcher.status().problem().contains("a defect"));

    source.found(container("b", "b", 1)).listed();
    eventually("it goes on", () -> watcher.status().connected());
    kept.get().container(container("ghost", "ghost", 9));
    kept.get().listed();

    assertThat(registry.container("ghost")).as("reported to a watch that has ended").isNull();
    assertThat(registry.container("a")).isNull();
    assertThat(registry.container("b")).isNotNull();
  }

  @Test
  void keepsNoMoreContainersThanAllowed() throws InterruptedException {
    for (int i = 1; i <= 5; i++) {
      source.found(container("c" + i, "c", i));
    }
    source.listed();
    watcher.start();
    eventually("it is connected", () -> watcher.status().connected());

    assertThat(watcher.status().containers()).isEqualTo(3);
    assertThat(watcher.status().problem()).contains("maxContainers");
  }

  @Test
  void believesTheHigherRank() throws InterruptedException {
    Container poor = container("a", "from the cgroup", 1);
    Container rich = container("a", "from docker", 1);
    FakeSource cgroup = new FakeSource("cgroup", 100);
    try (SourceWatcher other = watcher(cgroup)) {
      cgroup.found(poor).listed();
      other.start();
      eventually("the cgroup's word", () -> poor.equals(registry.container("a")));
      source.found(rich).listed();
      watcher.start();
      eventually("docker's word", () -> rich.equals(registry.container("a")));

      changes.clear();
      cgroup.found(container("a", "changed", 1)).then(listener -> changes.add("done"));
      eventually("the cgroup has spoken", () -> changes.contains("done"));
      assertThat(changes).as("nothing that stands has changed").containsExactly("done");

      source.gone("a");
      eventually(
          "the cgroup's word again",
          () -> container("a", "changed", 1).equals(registry.container("a")));
    }
    assertThat(registry.container("a")).as("nobody knows it any more").isNull();
  }

  private SourceWatcher watcher(FakeSource of) {
    return new SourceWatcher(
        of, "/run/x.sock", registry, new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)));
  }
}
