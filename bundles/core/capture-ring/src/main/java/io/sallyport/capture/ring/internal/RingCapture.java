/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.ring.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.LinkType;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.kernel.packet.PacketRing;
import io.sallyport.kernel.packet.RingCursor;
import io.sallyport.kernel.packet.RingStatistics;
import org.jspecify.annotations.Nullable;

/** A packet ring, read in place by whichever thread owns it at the time. */
final class RingCapture implements Capture {
  // linux/if_arp.h: kinds of interface whose packets begin with an Ethernet header
  private static final int ARPHRD_ETHER = 1;
  private static final int ARPHRD_LOOPBACK = 772;
  private static final int ETH_P_IP = 0x0800;
  private static final int ETH_P_IPV6 = 0x86dd;

  private final PacketRing ring;
  private final FlowFilter.@Nullable Ring filter;
  private final boolean skipLoopbackOutgoing;
  private @Nullable Thread owner;
  private @Nullable RingCursor cursor;

  RingCapture(PacketRing ring, FlowFilter.@Nullable Ring filter) {
    this.ring = ring;
    this.filter = filter;
    this.skipLoopbackOutgoing = filter == null;
  }

  @Override
  public int fileDescriptor() {
    return ring.fd().number();
  }

  @Override
  public int poll(PacketHandler handler, int limit) {
    RingCursor packets = cursor();
    int count = 0;
    while (count < limit && packets.next()) {
      if (skipLoopbackOutgoing
          && packets.packetType() == RingCursor.PACKET_OUTGOING
          && packets.hardwareType() == ARPHRD_LOOPBACK) {
        continue;
      }
      count++;
      hand(packets, handler);
    }
    return count;
  }

  private static void hand(RingCursor packet, PacketHandler handler) {
    int protocol = packet.protocol();
    long begin = packet.offset();
    int link;
    if (protocol == ETH_P_IP || protocol == ETH_P_IPV6) {
      // From the network header on all interfaces look alike, VLANs and tunnels too.
      begin = packet.networkOffset();
      link = LinkType.RAW;
    } else if (packet.hardwareType() == ARPHRD_ETHER || packet.hardwareType() == ARPHRD_LOOPBACK) {
      link = LinkType.ETHERNET;
    } else {
      link = LinkType.RAW;
    }
    int skipped = (int) (begin - packet.offset());
    int captured = Math.max(0, packet.capturedLength() - skipped);
    int wire = Math.max(captured, packet.wireLength() - skipped);
    handler.packet(packet.memory(), begin, captured, wire, link, packet.timestampNanos());
  }

  /** The cursor of the thread that calls; one that another thread was stuck with is revoked. */
  private RingCursor cursor() {
    RingCursor current = cursor;
    if (current == null || owner != Thread.currentThread()) {
      owner = Thread.currentThread();
      current = ring.takeOver();
      cursor = current;
    }
    return current;
  }

  @Override
  public boolean counters(ConnectionKey key, ConnectionCounters into) {
    return filter != null && filter.counters(key, into);
  }

  @Override
  public CaptureStatistics statistics() {
    RingStatistics statistics = ring.statistics();
    return new CaptureStatistics(
        statistics.packets() - statistics.drops(),
        statistics.drops(),
        filter == null ? 0 : filter.omitted());
  }

  @Override
  public void close() {
    ring.close();
    if (filter != null) {
      filter.close();
    }
  }
}
