/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static io.sallyport.dataplane.internal.Fields.u16;
import static io.sallyport.dataplane.internal.Fields.u8;

import io.sallyport.api.dpi.Direction;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Finds or begins the flow of a packet, counts it there, and hands its payload on. */
final class FlowTracker implements PacketConsumer {
  private static final int SCTP_DATA = 0;
  private static final int SCTP_CHUNK_HEADER = 4;
  private static final int SCTP_DATA_HEADER = 16;

  private final FlowTable table;
  private final IdleLists idle;
  private final TcpTracker tcp;
  private final Inspector inspector;
  private final Reporter reporter;
  private final OmittedPackets omitted;
  private final PacketClock clock;
  private final Counters counters;
  private final int maxFlows;
  private final long idStep;
  private long nextId;
  private @Nullable TrackedFlow ending;

  FlowTracker(
      FlowLimits limits,
      FlowIds ids,
      IdleLists idle,
      TcpTracker tcp,
      Inspector inspector,
      Reporter reporter,
      OmittedPackets omitted,
      PacketClock clock,
      Counters counters) {
    this.table = new FlowTable(ids.seed());
    this.idle = idle;
    this.tcp = tcp;
    this.inspector = inspector;
    this.reporter = reporter;
    this.omitted = omitted;
    this.clock = clock;
    this.counters = counters;
    this.maxFlows = limits.maxFlows();
    this.nextId = ids.first();
    this.idStep = ids.step();
  }

  @Override
  public void packet(Packet packet) {
    Scope scope = packet.scope;
    if (scope == null) {
      return;
    }
    int hash = table.hash(packet, scope);
    TrackedFlow flow = table.find(packet, hash);
    boolean toServer = table.toServer();
    if (flow != null) {
      TcpConnection connection = flow.tcp;
      if (connection != null && tcp.restarts(flow, connection, packet, toServer)) {
        counters.add(Counter.FLOWS_PORT_REUSED);
        end(flow);
        flow = null;
      }
    }
    boolean begins = flow == null;
    if (flow == null) {
      flow = begin(packet, hash);
      toServer = flow.isToServer(packet);
    }
    flow.count(packet, toServer, clock.now());
    if (begins) {
      reporter.begun(flow);
    } else {
      reporter.changed(flow);
    }
    if (!flow.omitting && flow.bytes() >= scope.fullBytes()) {
      omitted.watch(flow);
    }
    payload(flow, packet, toServer);
  }

  /** Ends what has been silent for too long. */
  void expire() {
    TrackedFlow flow = idle.expired(clock.now());
    while (flow != null) {
      counters.add(Counter.FLOWS_TIMED_OUT);
      end(flow);
      flow = idle.expired(clock.now());
    }
  }

  /** Ends all flows of a scope, or all for null. */
  void endAll(@Nullable Scope scope) {
    for (TrackedFlow flow : idle.of(scope)) {
      end(flow);
    }
  }

  /** For the thread that takes over: completes what the lost one was about to do. */
  void recover() {
    TrackedFlow flow = ending;
    if (flow != null) {
      ending = null;
      reporter.ended(flow);
    }
  }

  int size() {
    return table.size();
  }

  private void payload(TrackedFlow flow, Packet packet, boolean toServer) {
    TcpConnection connection = flow.tcp;
    if (connection != null) {
      tcp.segment(flow, connection, packet, toServer);
      return;
    }
    if (!flow.inspecting || packet.captured == 0) {
      return;
    }
    Direction direction = toServer ? Direction.TO_SERVER : Direction.TO_CLIENT;
    switch (packet.protocol) {
      case TransportDecoder.UDP ->
          inspector.data(flow, direction, packet.memory, packet.payload, packet.captured);
      case TransportDecoder.SCTP -> chunks(flow, direction, packet);
      default -> flow.inspecting = false;
    }
  }

  /** The user data of an SCTP packet, chunk by chunk; RFC 9260. */
  private void chunks(TrackedFlow flow, Direction direction, Packet packet) {
    MemorySegment memory = packet.memory;
    long at = packet.payload;
    long end = at + packet.captured;
    while (end - at >= SCTP_CHUNK_HEADER && flow.inspecting) {
      int length = u16(memory, at + 2);
      if (length < SCTP_CHUNK_HEADER) {
        return;
      }
      int count = (int) Math.min(length, end - at) - SCTP_DATA_HEADER;
      if (u8(memory, at) == SCTP_DATA && count > 0) {
        inspector.data(flow, direction, memory, at + SCTP_DATA_HEADER, count);
      }
      at += (length + 3) & ~3;
    }
  }

  private TrackedFlow begin(Packet packet, int hash) {
    if (table.size() >= maxFlows) {
      TrackedFlow stalest = idle.stalest();
      if (stalest != null) {
        counters.add(Counter.FLOWS_EVICTED);
        end(stalest);
      }
    }
    boolean isTcp = packet.protocol == TransportDecoder.TCP;
    boolean midStream = isTcp && !packet.has(Packet.SYN);
    boolean sourceIsClient =
        isTcp ? ServerGuess.tcpSourceIsClient(packet) : ServerGuess.sourceIsClient(packet);
    TrackedFlow flow =
        new TrackedFlow(nextId, packet, hash, sourceIsClient, midStream, clock.now());
    nextId += idStep;
    counters.add(Counter.FLOWS);
    if (midStream) {
      counters.add(Counter.FLOWS_MID_STREAM);
    }
    table.insert(flow);
    idle.add(flow);
    return flow;
  }

  private void end(TrackedFlow flow) {
    table.remove(flow);
    idle.remove(flow);
    omitted.forget(flow);
    flow.ended = true;
    ending = flow;
    TcpConnection connection = flow.tcp;
    if (connection != null) {
      tcp.finish(flow, connection);
    }
    inspector.end(flow);
    ending = null;
    reporter.ended(flow);
  }
}
