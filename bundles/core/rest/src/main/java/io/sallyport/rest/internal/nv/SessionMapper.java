/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.common.Transport;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.SessionStructs.RestSession;
import io.sallyport.rest.internal.nv.SessionStructs.RestSessionSummary;
import io.sallyport.rest.internal.nv.SessionStructs.RestSnifferInfo;
import java.util.Collection;
import java.util.Locale;

/** Flows and packet captures in NeuVector's shape. */
public final class SessionMapper {
  private static final int ETHER_TYPE_V4 = 0x0800;
  private static final int ETHER_TYPE_V6 = 0x86dd;

  private SessionMapper() {}

  /** A flow of a workload; {@code now} in nanoseconds since the epoch. */
  public static RestSession session(Workload workload, FlowRecord flow, long now) {
    boolean icmp = flow.transport() == Transport.ICMP || flow.transport() == Transport.ICMPV6;
    String state = flow.state().name();
    return new RestSession(
        flow.id(),
        workload.id(),
        flow.client().address().isV4() ? ETHER_TYPE_V4 : ETHER_TYPE_V6,
        flow.application().name(),
        "",
        "",
        flow.client().address().toString(),
        flow.server().address().toString(),
        icmp ? 0 : flow.client().port(),
        icmp ? 0 : flow.server().port(),
        0,
        0,
        flow.protocolNumber(),
        state,
        state,
        Texts.uint32(flow.packetsToServer()),
        Texts.uint32(flow.packetsToClient()),
        flow.bytesToServer(),
        flow.bytesToClient(),
        0,
        0,
        0,
        0,
        Texts.uint32(Texts.seconds(now - flow.firstSeen())),
        Texts.uint32(Texts.seconds(now - flow.lastSeen())),
        0,
        workload.addresses().contains(flow.server().address()),
        true,
        flow.midStream(),
        0,
        "",
        "",
        "",
        0);
  }

  /** How many flows there are now. */
  public static RestSessionSummary summary(Collection<FlowRecord> flows) {
    long tcp = 0;
    long udp = 0;
    long icmp = 0;
    long other = 0;
    for (FlowRecord flow : flows) {
      if (flow.state() == FlowState.CLOSED) {
        continue;
      }
      switch (flow.transport()) {
        case TCP -> tcp++;
        case UDP -> udp++;
        case ICMP, ICMPV6 -> icmp++;
        default -> other++;
      }
    }
    return new RestSessionSummary(tcp + udp + icmp + other, tcp, udp, icmp, other);
  }

  /** A packet capture. */
  public static RestSnifferInfo sniffer(PacketCapture capture) {
    return new RestSnifferInfo(
        capture.id(),
        capture.nodeId(),
        capture.workloadId(),
        1,
        capture.bytes(),
        capture.state().name().toLowerCase(Locale.ROOT),
        "",
        Texts.seconds(capture.startedAt()),
        0,
        capture.problem());
  }
}
