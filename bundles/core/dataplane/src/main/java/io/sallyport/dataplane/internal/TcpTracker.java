/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.dpi.Direction;

/** Follows TCP connections: how far they are, which bytes are due, when they end. */
final class TcpTracker {
  private final Reassembler reassembler;
  private final IdleLists idle;

  TcpTracker(Reassembler reassembler, IdleLists idle) {
    this.reassembler = reassembler;
    this.idle = idle;
  }

  /**
   * Whether the packet shows that a new connection has begun between the ports of {@code flow}. A
   * SYN that nobody answers does not end a connection that goes on: anybody could send one.
   */
  boolean restarts(TrackedFlow flow, TcpConnection tcp, Packet packet, boolean toServer) {
    if (!packet.has(Packet.SYN)) {
      return tcp.synPending
          && toServer == tcp.synToServer
          && packet.sequence == tcp.synSequence + 1
          && packet.sequence != tcp.stream(toServer).next;
    }
    if (packet.has(Packet.ACK)) {
      return tcp.synPending
          && toServer != tcp.synToServer
          && packet.acknowledgement == tcp.synSequence + 1;
    }
    TcpStream stream = tcp.stream(toServer);
    if (stream.opened && packet.sequence + 1 == stream.initial) {
      return false;
    }
    if (flow.idleClass == IdleClass.TCP_ACTIVE || flow.idleClass == IdleClass.TCP_HALF_CLOSED) {
      tcp.synPending = true;
      tcp.synToServer = toServer;
      tcp.synSequence = packet.sequence;
      return false;
    }
    return stream.started && (flow.heardBoth() || flow.idleClass != IdleClass.TCP_OPEN);
  }

  /** One segment of a connection, which has been counted already. */
  void segment(TrackedFlow flow, TcpConnection tcp, Packet packet, boolean toServer) {
    TcpStream stream = tcp.stream(toServer);
    TcpStream opposite = tcp.stream(!toServer);
    int first = packet.sequence;
    if (packet.has(Packet.SYN)) {
      first++;
      if (!stream.started || (!packet.has(Packet.ACK) && !flow.heardBoth())) {
        stream.open(first);
      }
      if (packet.has(Packet.ACK) && !opposite.started) {
        opposite.start(packet.acknowledgement);
      }
    }
    if (packet.has(Packet.RST)) {
      tcp.reset = true;
    } else if (packet.has(Packet.FIN) && !stream.finished) {
      stream.finished = true;
      stream.end = first + packet.length;
    }
    classify(flow, tcp, packet);
    if (!flow.inspecting) {
      return;
    }
    Direction direction = toServer ? Direction.TO_SERVER : Direction.TO_CLIENT;
    if (packet.has(Packet.ACK) && opposite.first != SegmentPool.NONE) {
      reassembler.acknowledged(flow, opposite, direction.reverse(), packet.acknowledgement);
    }
    // What a reset carries is a reason for humans, not part of the stream.
    if (packet.length > 0 && !packet.has(Packet.RST)) {
      reassembler.segment(flow, stream, direction, packet, first);
    }
    if (!flow.inspecting) {
      forget(tcp);
    }
  }

  /** The connection is over: what waits is handed on, with gaps. */
  void finish(TrackedFlow flow, TcpConnection tcp) {
    reassembler.finish(flow, tcp.toServer, Direction.TO_SERVER);
    reassembler.finish(flow, tcp.toClient, Direction.TO_CLIENT);
  }

  /** Gives back all buffers of a connection. */
  void forget(TcpConnection tcp) {
    reassembler.drop(tcp.toServer);
    reassembler.drop(tcp.toClient);
  }

  private void classify(TrackedFlow flow, TcpConnection tcp, Packet packet) {
    boolean closing = tcp.toServer.finished || tcp.toClient.finished;
    IdleClass to;
    if (tcp.reset) {
      to = IdleClass.TCP_RESET;
    } else if (tcp.toServer.finished && tcp.toClient.finished) {
      to = IdleClass.TCP_CLOSED;
    } else if (closing) {
      to = IdleClass.TCP_HALF_CLOSED;
    } else if (!packet.has(Packet.SYN) && (flow.heardBoth() || packet.length > 0)) {
      to = IdleClass.TCP_ACTIVE;
    } else {
      return;
    }
    idle.move(flow, to);
  }
}
