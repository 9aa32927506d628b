/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Packets.bytes;
import static io.sallyport.dataplane.internal.Packets.ipv4;
import static io.sallyport.dataplane.internal.Packets.ipv6;
import static io.sallyport.dataplane.internal.Packets.join;
import static io.sallyport.dataplane.internal.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.flow.FlowRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private static final int MORE = 0x2000;

  private static List<byte[]> cut(byte[] datagram, int size, boolean v6) {
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 0; at < datagram.length; at += size) {
      byte[] part = Arrays.copyOfRange(datagram, at, Math.min(datagram.length, at + size));
      boolean more = at + size < datagram.length;
      if (v6) {
        int field = at | (more ? 1 : 0);
        byte[] header = bytes(17, 0, field >> 8, field, 0, 0, 0, 99);
        fragments.add(ipv6("fd00::1", "fd00::2", 44, join(header, part)));
      } else {
        fragments.add(ipv4("10.0.0.1", "10.0.0.2", 17, 99, (more ? MORE : 0) | at / 8, part));
      }
    }
    return fragments;
  }

  private static byte[] random(Random random, int length) {
    byte[] data = new byte[length];
    random.nextBytes(data);
    return data;
  }

  @Test
  void putsFragmentsTogetherInAnyOrder() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      byte[] payload = random(random, 1 + random.nextInt(9000));
      List<byte[]> fragments =
          cut(udp(1000, 53, payload), 8 * (1 + random.nextInt(200)), random.nextBoolean());
      Collections.shuffle(fragments, random);
      Road road = Road.file();
      fragments.forEach(road::ip);
      List<FlowRecord> flows = road.finish();
      assertThat(flows).hasSize(1);
      assertThat(flows.getFirst().packets()).isEqualTo(fragments.size());
      assertThat(road.engine.streams.getFirst().of(Direction.TO_SERVER)).isEqualTo(payload);
    }
  }

  @Test
  void theFirstOfOverlappingFragmentsCounts() {
    Random random = new Random(2);
    byte[] payload = random(random, 1000);
    List<byte[]> fragments = cut(udp(1000, 53, payload), 400, false);
    Road road = Road.file();
    road.ip(fragments.get(0));
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 17, 99, MORE | 20, random(random, 80)));
    road.ip(fragments.get(1));
    road.ip(fragments.get(2));
    road.finish();
    assertThat(road.counters.get(Counter.FRAGMENTS_OVERLAPPING)).isEqualTo(1);
    assertThat(road.engine.streams.getFirst().of(Direction.TO_SERVER)).isEqualTo(payload);
  }

  @Test
  void readsTheBeginningOfWhatNeverBecomesWhole() {
    byte[] payload = random(new Random(3), 3000);
    List<byte[]> fragments = cut(udp(1000, 53, payload), 800, false);
    Road road = Road.live();
    road.ip(fragments.get(0));
    road.ip(fragments.get(2));
    assertThat(road.reports).isEmpty();
    road.pass(31 * Road.SECOND);
    assertThat(road.counters.get(Counter.FRAGMENTS_TIMED_OUT)).isEqualTo(1);
    assertThat(road.reports.getFirst().packets()).isEqualTo(2);
    assertThat(road.engine.streams.getFirst().of(Direction.TO_SERVER))
        .isEqualTo(Arrays.copyOf(payload, 792));
  }

  @Test
  void boundsWhatWaits() {
    Road road = Road.live();
    for (int id = 0; id < 1000; id++) {
      road.ip(ipv4("10.0.0.1", "10.0.0.2", 17, id, MORE, new byte[64]));
    }
    assertThat(road.counters.get(Counter.FRAGMENTS_EVICTED)).isEqualTo(1000 - 8);
  }

  @Test
  void refusesImpossibleFragments() {
    Road road = Road.live();
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 17, 1, MORE, new byte[13]));
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 17, 1, 0x1fff, new byte[64]));
    road.ip(ipv4("10.0.0.1", "10.0.0.2", 17, 1, MORE, new byte[0]));
    assertThat(road.counters.get(Counter.FRAGMENTS_WRONG)).isEqualTo(3);
  }
}
