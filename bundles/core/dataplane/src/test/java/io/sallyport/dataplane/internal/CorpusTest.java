/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import io.sallyport.api.flow.FlowState;
import io.sallyport.capture.pcapfile.internal.PcapFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CorpusTest {
  /** A packet of a capture, copied. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Sample(int link, byte[] bytes, int wire, long nanos) {}

  @Test
  void everyCaptureIsReadToItsEnd() throws IOException {
    int read = 0;
    for (Path file : Corpora.captures("ndpi", "zeek", "tcpdump", "deepflow", "suricata-verify")) {
      AtomicLong flows = new AtomicLong();
      AtomicLong packets = new AtomicLong();
      FileReplay replay = new FileReplay(new RecordingEngine(), List.of(new PcapFileReader()));
      try {
        Summary summary =
            replay.replay(
                file,
                new FlowObserver() {
                  @Override
                  public void flow(FlowRecord flow) {
                    assertThat(flow.state()).isEqualTo(FlowState.CLOSED);
                    flows.incrementAndGet();
                    packets.addAndGet(flow.packets());
                  }

                  @Override
                  public void message(FlowRecord flow, Direction direction, Message message) {
                    throw new IllegalStateException("a replay reports no messages");
                  }
                });
        assertThat(flows.get()).as("%s", file).isEqualTo(summary.flows());
        assertThat(packets.get()).as("%s", file).isLessThanOrEqualTo(summary.packets());
        read++;
      } catch (CaptureException e) {
        // Some are no captures at all, and are refused with a reason.
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
    assertThat(read).isPositive();
  }

  /** Thousands of packets with bytes turned over, cut and made longer: nothing is thrown. */
  @Test
  void mutatedPacketsAreCountedNotThrown() throws IOException {
    Random random = new Random(5);
    List<Sample> samples = new ArrayList<>();
    List<Path> files = Corpora.captures("ndpi", "tcpdump");
    for (int i = 0; i < 60; i++) {
      collect(files.get(random.nextInt(files.size())), samples);
    }
    Road road = Road.live();
    for (int round = 0; round < 60_000; round++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] bytes = sample.bytes().clone();
      for (int hits = random.nextInt(6); hits > 0 && bytes.length > 0; hits--) {
        // Headers are where it hurts.
        bytes[random.nextInt(Math.min(bytes.length, 90))] = (byte) random.nextInt();
      }
      int captured = random.nextInt(5) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
      road.now += random.nextInt(20);
      road.packet(sample.link(), bytes, captured, Math.max(captured, sample.wire()));
    }
    road.finish();
    assertThat(road.counters.get(Counter.PACKETS)).isEqualTo(60_000);
    assertThat(road.counters.get(Counter.FLOWS)).isEqualTo(road.ended().size());
    assertThat(road.counters.get(Counter.OBSERVER_ERRORS)).isZero();
  }

  private static void collect(Path file, List<Sample> into) {
    try (Capture capture = new PcapFileReader().open(file)) {
      var unused =
          capture.poll(
              (memory, offset, captured, wire, link, nanos) -> {
                if (captured < 1 << 16) {
                  byte[] bytes = memory.asSlice(offset, captured).toArray(JAVA_BYTE);
                  into.add(new Sample(link, bytes, wire, nanos));
                }
              },
              60);
    } catch (CaptureException e) {
      assertThat(e).hasMessageContaining(file.toString());
    }
  }
}
