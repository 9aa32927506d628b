/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.common.IpAddress;
import io.sallyport.kernel.netlink.Conntrack;
import io.sallyport.kernel.netlink.ConntrackFlow;
import io.sallyport.kernel.netlink.ConntrackTuple;

/**
 * The counters of connection tracking, asked for one connection at a time. Safe on any thread.
 *
 * <p>They tell the data exactly; of acknowledgements that two processors put out of order conntrack
 * counts none, and a packet not yet cut to segments is one packet.
 */
final class Connections implements AutoCloseable {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SCTP = 132;

  private final Conntrack conntrack;
  private final ConntrackTuple tuple = new ConntrackTuple();
  private final ConntrackFlow flow = new ConntrackFlow();
  private boolean closed;

  private Connections(Conntrack conntrack) {
    this.conntrack = conntrack;
  }

  /** Of the network namespace of this thread. */
  static Connections open() {
    return new Connections(Conntrack.open());
  }

  /** As {@link io.sallyport.api.capture.Capture#counters}. */
  synchronized boolean counters(ConnectionKey key, ConnectionCounters into) {
    if (closed || (key.protocol != TCP && key.protocol != UDP && key.protocol != SCTP)) {
      return false;
    }
    IpAddress source = new IpAddress(key.sourceHigh, key.sourceLow);
    IpAddress destination = new IpAddress(key.destinationHigh, key.destinationLow);
    if (source.isV4() != destination.isV4()) {
      return false;
    }
    // The kernel finds a connection by its tuples, of which each is one direction's packets before
    // translation. Seen after it, packets have a tuple turned round.
    return ask(source, key.sourcePort, destination, key.destinationPort, key.protocol)
        ? read(into, isOriginal(source, key.sourcePort))
        : ask(destination, key.destinationPort, source, key.sourcePort, key.protocol)
            && read(into, !isOriginal(destination, key.destinationPort));
  }

  private boolean ask(IpAddress from, int fromPort, IpAddress to, int toPort, int protocol) {
    tuple.between(from.inet(), to.inet(), protocol).ports(fromPort, toPort);
    return conntrack.find(tuple, flow);
  }

  /** Whether the connection was found by its original direction, not by that of its answers. */
  private boolean isOriginal(IpAddress from, int fromPort) {
    ConntrackTuple original = flow.original();
    return original.sourcePort() == fromPort && IpAddress.of(original.source()).equals(from);
  }

  private boolean read(ConnectionCounters into, boolean forwardIsOriginal) {
    // A connection that began before the namespace counted has no counters.
    if (flow.originalPackets() == 0 && flow.replyPackets() == 0) {
      return false;
    }
    into.packetsForward = forwardIsOriginal ? flow.originalPackets() : flow.replyPackets();
    into.bytesForward = forwardIsOriginal ? flow.originalBytes() : flow.replyBytes();
    into.packetsBackward = forwardIsOriginal ? flow.replyPackets() : flow.originalPackets();
    into.bytesBackward = forwardIsOriginal ? flow.replyBytes() : flow.originalBytes();
    return true;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      conntrack.close();
    }
  }
}
