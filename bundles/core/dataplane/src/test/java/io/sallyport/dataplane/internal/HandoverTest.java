/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.LinkType;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.api.common.Probe;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.inspection.AbandonedException;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.api.inspection.InspectionWorker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A parser that hangs, backends that fail or go: flows go on. */
@Timeout(30)
class HandoverTest {
  private final StuckEngine engine = new StuckEngine();
  private final HostDataplane dataplane = new HostDataplane(engine, 1000, 1, 4);
  private final BlockingQueue<FlowRecord> reports = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    engine.comeBack.countDown();
    dataplane.stop();
  }

  /** Hangs in the first datagram to port 666, until it is let go. */
  private static final class StuckEngine extends RecordingEngine {
    final CountDownLatch comeBack = new CountDownLatch(1);
    final CountDownLatch cameBack = new CountDownLatch(1);
    final Set<Thread> owners = ConcurrentHashMap.newKeySet();

    @Override
    public InspectionWorker worker(String name, StuckListener onStuck) {
      return new InspectionWorker() {
        @Override
        public Inspection open(Flow flow, InspectionListener listener) {
          InspectionWorker self = this;
          return opened(
              new Stream(flow, Integer.MAX_VALUE) {
                @Override
                public void data(
                    Direction direction, MemorySegment memory, long offset, int length) {
                  if (flow.serverPort() == 666 && calls++ == 0) {
                    Thread.ofPlatform().start(() -> onStuck.stuck(self, "Evil"));
                    awaitRelease();
                    cameBack.countDown();
                    throw new AbandonedException();
                  }
                  super.data(direction, memory, offset, length);
                }
              });
        }

        @Override
        public void takeOver() {
          owners.add(Thread.currentThread());
        }

        @Override
        public void close() {
          // Nothing is held.
        }
      };
    }

    private void awaitRelease() {
      boolean waiting = true;
      while (waiting) {
        try {
          comeBack.await();
          waiting = false;
        } catch (InterruptedException e) {
          // As deaf as a loop that never ends.
        }
      }
    }
  }

  /** A backend whose packets the test puts in. */
  private static final class QueueBackend implements CaptureBackend {
    final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
    final String name;
    final int rank;
    volatile boolean broken;
    volatile boolean closed;

    QueueBackend(String name, int rank) {
      this.name = name;
      this.rank = rank;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public Probe probe() {
      return Probe.available("works");
    }

    @Override
    public Capture open(CaptureTarget target) {
      if (broken) {
        throw new CaptureException(name + " is broken", null);
      }
      return new QueueCapture(this);
    }
  }

  private record QueueCapture(QueueBackend backend, MemorySegment memory) implements Capture {
    QueueCapture(QueueBackend backend) {
      this(backend, Arena.ofAuto().allocate(2048));
    }

    @Override
    public int fileDescriptor() {
      return -1;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
      if (backend.broken) {
        throw new CaptureException(backend.name + " broke", null);
      }
      try {
        byte[] packet = backend.packets.poll(5, TimeUnit.MILLISECONDS);
        if (packet == null) {
          return 0;
        }
        MemorySegment.copy(
            packet, 0, memory, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, packet.length);
        long now = System.currentTimeMillis() * 1_000_000;
        handler.packet(memory, 0, packet.length, packet.length, LinkType.RAW, now);
        return 1;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 0;
      }
    }

    @Override
    public boolean counters(ConnectionKey key, ConnectionCounters into) {
      into.packetsForward = 1000;
      into.bytesForward = 1_000_000;
      return true;
    }

    @Override
    public CaptureStatistics statistics() {
      return new CaptureStatistics(1, 2, 3);
    }

    @Override
    public void close() {
      backend.closed = true;
    }
  }

  private final FlowObserver observer =
      new FlowObserver() {
        @Override
        public void flow(FlowRecord flow) {
          reports.add(flow);
        }

        @Override
        public void message(FlowRecord flow, Direction direction, Message message) {
          throw new IllegalStateException("no parser is here");
        }
      };

  private static byte[] datagram(int port) {
    return Packets.ipv4(
        "10.0.0.1", "10.0.0.2", 17, Packets.udp(40_000, port, Packets.text("hello")));
  }

  private FlowRecord next(int port, FlowState state) throws InterruptedException {
    while (true) {
      FlowRecord flow = reports.take();
      if (flow.server().port() == port && flow.state() == state) {
        return flow;
      }
    }
  }

  private Subscription watch(long fullBytes) {
    return dataplane.watch("w1", new CaptureTarget("/proc/1/ns/net", "shop", fullBytes), observer);
  }

  @Test
  void aStuckParserCostsItsThreadOnly() throws InterruptedException {
    QueueBackend backend = new QueueBackend("queue", 1);
    dataplane.bindBackend(backend);
    try (Subscription _ = watch(Long.MAX_VALUE)) {
      backend.packets.add(datagram(53));
      next(53, FlowState.OPENING);
      backend.packets.add(datagram(666));
      backend.packets.add(datagram(53));
      backend.packets.add(datagram(54));
      assertThat(next(53, FlowState.OPENING).packets()).isEqualTo(2);
      assertThat(engine.owners).hasSize(1);
      engine.comeBack.countDown();
      engine.cameBack.await();
      backend.packets.add(datagram(55));
      next(55, FlowState.OPENING);
      assertThat(counter("owners_abandoned")).isEqualTo(1);
    }
    assertThat(next(54, FlowState.CLOSED).packets()).isEqualTo(1);
  }

  @Test
  void theNextBackendGoesOnWhereOneFails() throws InterruptedException {
    QueueBackend best = new QueueBackend("best", 2);
    QueueBackend next = new QueueBackend("next", 1);
    dataplane.bindBackend(next);
    dataplane.bindBackend(best);
    try (Subscription _ = watch(Long.MAX_VALUE)) {
      best.packets.add(datagram(53));
      next(53, FlowState.OPENING);
      assertThat(dataplane.status().captures())
          .extracting(DataplaneStatus.OpenCapture::backend)
          .containsExactly("best");
      assertThat(dataplane.status().backends())
          .extracting(DataplaneStatus.Backend::name, DataplaneStatus.Backend::active)
          .containsExactly(
              org.assertj.core.api.Assertions.tuple("best", true),
              org.assertj.core.api.Assertions.tuple("next", false));
      best.broken = true;
      next(53, FlowState.CLOSED);
      next.packets.add(datagram(54));
      next(54, FlowState.OPENING);
      assertThat(best.closed).isTrue();
      best.broken = false;
      dataplane.unbindBackend(next);
      best.packets.add(datagram(55));
      next(55, FlowState.OPENING);
    }
  }

  @Test
  void asksTheCaptureForWhatItLeavesOut() throws InterruptedException {
    QueueBackend backend = new QueueBackend("queue", 1);
    dataplane.bindBackend(backend);
    try (Subscription _ = watch(30)) {
      backend.packets.add(datagram(53));
      next(53, FlowState.OPENING);
      assertThat(next(53, FlowState.OPENING).packetsToServer()).isEqualTo(1000);
    }
    assertThat(next(53, FlowState.CLOSED).bytesToServer()).isEqualTo(1_000_000);
  }

  @Test
  void saysWhyNothingCanBeCaptured() {
    QueueBackend broken = new QueueBackend("queue", 1);
    broken.broken = true;
    dataplane.bindBackend(broken);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> watch(1))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("shop")
        .hasMessageContaining("queue is broken");
    assertThat(dataplane.status().captures()).isEqualTo(List.of());
  }

  private long counter(String name) {
    return dataplane.status().counters().stream()
        .filter(counter -> counter.name().equals(name))
        .mapToLong(DataplaneStatus.Counter::value)
        .sum();
  }
}
