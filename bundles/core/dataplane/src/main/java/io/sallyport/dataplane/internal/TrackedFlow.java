/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowState;
import io.sallyport.api.inspection.Inspection;
import org.jspecify.annotations.Nullable;

/** A flow in the table. All of it belongs to the owner thread. */
final class TrackedFlow {
  final long id;
  final Scope scope;
  final int hash;
  final int protocol;
  final long clientHigh;
  final long clientLow;
  final int clientPort;
  final long serverHigh;
  final long serverLow;
  final int serverPort;
  final boolean midStream;
  final long firstSeen;

  long lastSeen;
  long packetsToServer;
  long bytesToServer;
  long packetsToClient;
  long bytesToClient;

  /** Its place in the list of its idle class; the lists and nobody else change these. */
  @Nullable TrackedFlow previous;

  @Nullable TrackedFlow next;
  IdleClass idleClass;
  long listedAt;

  /** Whether it is in the list of those to report at the end of the interval. */
  boolean changed;

  /** Whether the capture may leave out what follows, so that the kernel's counters are asked. */
  boolean omitting;

  boolean ended;

  /** Whether payload is of use; once false it stays false. */
  boolean inspecting = true;

  @Nullable Inspection inspection;

  final @Nullable TcpConnection tcp;

  private @Nullable Flow description;
  private @Nullable Endpoint client;
  private @Nullable Endpoint server;

  /** A flow that the packet begins; whether the packet's source is the client. */
  TrackedFlow(long id, Packet packet, int hash, boolean sourceIsClient, boolean mid, long now) {
    Scope owner = packet.scope;
    if (owner == null) {
      throw new IllegalArgumentException("a packet without scope");
    }
    this.id = id;
    this.scope = owner;
    this.hash = hash;
    this.protocol = packet.protocol;
    this.clientHigh = sourceIsClient ? packet.sourceHigh : packet.destinationHigh;
    this.clientLow = sourceIsClient ? packet.sourceLow : packet.destinationLow;
    this.clientPort = sourceIsClient ? packet.sourcePort : packet.destinationPort;
    this.serverHigh = sourceIsClient ? packet.destinationHigh : packet.sourceHigh;
    this.serverLow = sourceIsClient ? packet.destinationLow : packet.sourceLow;
    this.serverPort = sourceIsClient ? packet.destinationPort : packet.sourcePort;
    this.midStream = mid;
    this.firstSeen = now;
    this.lastSeen = now;
    this.idleClass =
        switch (packet.protocol) {
          case TransportDecoder.TCP -> IdleClass.TCP_OPEN;
          case TransportDecoder.UDP -> IdleClass.UDP;
          case TransportDecoder.ICMP, TransportDecoder.ICMPV6 -> IdleClass.ICMP;
          default -> IdleClass.OTHER;
        };
    this.tcp = packet.protocol == TransportDecoder.TCP ? new TcpConnection() : null;
  }

  /** Whether the packet goes from this flow's client to its server. */
  boolean isToServer(Packet packet) {
    return clientLow == packet.sourceLow
        && serverLow == packet.destinationLow
        && clientPort == packet.sourcePort
        && serverPort == packet.destinationPort
        && clientHigh == packet.sourceHigh
        && serverHigh == packet.destinationHigh;
  }

  /** Whether the packet goes from this flow's server to its client. */
  boolean isToClient(Packet packet) {
    return serverLow == packet.sourceLow
        && clientLow == packet.destinationLow
        && serverPort == packet.sourcePort
        && clientPort == packet.destinationPort
        && serverHigh == packet.sourceHigh
        && clientHigh == packet.destinationHigh;
  }

  void count(Packet packet, boolean toServer, long now) {
    lastSeen = now;
    if (toServer) {
      packetsToServer += packet.count;
      bytesToServer += packet.bytes;
    } else {
      packetsToClient += packet.count;
      bytesToClient += packet.bytes;
    }
  }

  boolean heardBoth() {
    return packetsToServer != 0 && packetsToClient != 0;
  }

  long bytes() {
    return bytesToServer + bytesToClient;
  }

  FlowState state() {
    if (ended) {
      return FlowState.CLOSED;
    }
    return heardBoth() ? FlowState.ESTABLISHED : FlowState.OPENING;
  }

  Transport transport() {
    return Transport.of(protocol);
  }

  Endpoint client() {
    Endpoint known = client;
    if (known == null) {
      known = new Endpoint(new IpAddress(clientHigh, clientLow), clientPort);
      client = known;
    }
    return known;
  }

  Endpoint server() {
    Endpoint known = server;
    if (known == null) {
      known = new Endpoint(new IpAddress(serverHigh, serverLow), serverPort);
      server = known;
    }
    return known;
  }

  Flow description() {
    Flow known = description;
    if (known == null) {
      known =
          new Flow(
              transport(),
              client().address(),
              clientPort,
              server().address(),
              serverPort,
              midStream);
      description = known;
    }
    return known;
  }

  void key(ConnectionKey into) {
    into.sourceHigh = clientHigh;
    into.sourceLow = clientLow;
    into.sourcePort = clientPort;
    into.destinationHigh = serverHigh;
    into.destinationLow = serverLow;
    into.destinationPort = serverPort;
    into.protocol = protocol;
  }
}
