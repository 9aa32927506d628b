/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.link.FlowMessage;
import io.sallyport.api.network.NetworkModel.FlowFollower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlowFollowerTest {
  private static final int CAPACITY = 4_096;

  private final Model model = new Model(Configs.controller(), () -> Node.NOW);
  private final Node node = new Node("a");

  @Test
  void tellsFlowsThatAreWanted() throws InterruptedException {
    Recorder recorder = new Recorder(new CountDownLatch(0));
    model.take(node.full(List.of()));
    try (Subscription follower = model.flows(flow -> flow.workloadId().equals("w2"), recorder)) {
      model.take(
          node.flows(Node.flow(1, "w1", FlowState.OPENING), Node.flow(2, "w2", FlowState.OPENING)));

      assertThat(recorder.next()).isEqualTo("a 2");
      assertThat(follower).isNotNull();
    }
  }

  @Test
  void countsWhatASlowFollowerMisses() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Recorder recorder = new Recorder(release);
    model.take(node.full(List.of()));
    try (Subscription follower = model.flows(flow -> true, recorder)) {
      model.take(node.flows(Node.flow(0, "w", FlowState.OPENING)));
      recorder.entered.await();
      for (int i = 1; i <= CAPACITY + 7; i++) {
        model.take(node.flows(Node.flow(i, "w", FlowState.OPENING)));
      }
      release.countDown();

      List<String> said = new ArrayList<>();
      for (int i = 0; i <= CAPACITY + 1; i++) {
        said.add(recorder.next());
      }
      assertThat(said.remove("missed 7")).isTrue();
      assertThat(said)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(0, CAPACITY).mapToObj(i -> "a " + i).toList());
      assertThat(follower).isNotNull();
    }
  }

  private static final class Recorder implements FlowFollower {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    Recorder(CountDownLatch release) {
      this.release = release;
    }

    @Override
    public void flow(String nodeId, FlowRecord flow) {
      entered.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      said.add(nodeId + " " + flow.id());
    }

    @Override
    public void message(String nodeId, FlowMessage message) {
      said.add("message");
    }

    @Override
    public void missed(long count) {
      said.add("missed " + count);
    }

    String next() throws InterruptedException {
      String next = said.poll(20, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }
}
