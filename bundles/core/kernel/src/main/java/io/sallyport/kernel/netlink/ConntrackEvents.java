/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.Fd;

/**
 * Tells when tracked connections begin and end in the network namespace in which this is opened.
 * For one thread; allocates nothing for an event. The kernel tracks nothing before some rule needs
 * it, or net.netfilter.nf_conntrack_acct and a rule with a state; packets that it does not track
 * make no events.
 */
public final class ConntrackEvents implements AutoCloseable {
  /** Takes an event; the flow is written over by the next. */
  public interface Listener {
    /** A connection has begun. */
    void begun(ConntrackFlow flow);

    /** A connection has ended; this is the last of its counters. */
    void ended(ConntrackFlow flow);
  }

  // enum nfnetlink_groups, uapi/linux/netfilter/nfnetlink.h
  private static final int NFNLGRP_CONNTRACK_NEW = 1;
  private static final int NFNLGRP_CONNTRACK_DESTROY = 3;
  private static final int IPCTNL_MSG_CT_DELETE = 2;

  private final NetlinkSocket socket;
  private final ConntrackFlow flow = new ConntrackFlow();

  private ConntrackEvents(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Opens it in the namespace of this thread.
   *
   * @param receiveBuffer bytes that may wait to be read; what does not fit is lost and counted
   */
  public static ConntrackEvents open(int receiveBuffer) {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER);
    try {
      socket.receiveBuffer(receiveBuffer);
      socket.join(NFNLGRP_CONNTRACK_NEW);
      socket.join(NFNLGRP_CONNTRACK_DESTROY);
      return new ConntrackEvents(socket);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** To wait for. */
  public Fd fd() {
    return socket.fd();
  }

  /** What was lost, refused or ignored. */
  public NetlinkCounters counters() {
    return socket.counters();
  }

  /**
   * Hands over the events that are there, without waiting.
   *
   * @param datagrams how many datagrams at most
   * @return how many there were
   */
  public int drain(int datagrams, Listener listener) {
    return socket.drain(
        datagrams,
        message -> {
          switch (message.type() - Conntrack.SUBSYSTEM) {
            case Conntrack.IPCTNL_MSG_CT_NEW -> {
              if (flow.read(message)) {
                listener.begun(flow);
              }
            }
            case IPCTNL_MSG_CT_DELETE -> {
              if (flow.read(message)) {
                listener.ended(flow);
              }
            }
            default -> {}
          }
        });
  }

  @Override
  public void close() {
    socket.close();
  }
}
