/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.KernelException;
import java.util.function.Consumer;

/**
 * The connections that the kernel tracks in the network namespace in which this is opened. For one
 * thread. Needs CAP_NET_ADMIN and the module nf_conntrack_netlink.
 */
public final class Conntrack implements AutoCloseable {
  // uapi/linux/netfilter/nfnetlink.h, nfnetlink_conntrack.h
  static final int SUBSYSTEM = 1 << 8;
  static final int IPCTNL_MSG_CT_NEW = 0;
  private static final int IPCTNL_MSG_CT_GET = 1;
  private static final int CTA_TUPLE_ORIG = 1;

  private final NetlinkSocket socket;
  private final NetlinkRequest request = new NetlinkRequest();

  private Conntrack(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens it in the namespace of this thread. */
  public static Conntrack open() {
    return new Conntrack(NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER));
  }

  /** What was lost, refused or ignored. */
  public NetlinkCounters counters() {
    return socket.counters();
  }

  /**
   * Hands over all connections.
   *
   * @param family AF_INET, AF_INET6, or 0 for both
   * @param flow filled with one after another
   * @param visitor takes {@code flow} each time it is filled
   */
  public void dump(int family, ConntrackFlow flow, Consumer<ConntrackFlow> visitor) {
    request.begin(SUBSYSTEM | IPCTNL_MSG_CT_GET, 0).netfilter(family, 0);
    socket.dump(
        request,
        "list tracked connections",
        message -> {
          if (isFlow(message) && flow.read(message)) {
            visitor.accept(flow);
          }
        });
  }

  /**
   * Finds one connection.
   *
   * @param original its original direction
   * @param flow filled with it
   * @return false if there is none
   */
  public boolean find(ConntrackTuple original, ConntrackFlow flow) {
    request.begin(SUBSYSTEM | IPCTNL_MSG_CT_GET, 0).netfilter(original.family(), 0);
    original.write(request, CTA_TUPLE_ORIG);
    boolean[] found = new boolean[1];
    try {
      socket.query(
          request,
          "find a tracked connection",
          message -> found[0] = isFlow(message) && flow.read(message));
    } catch (KernelException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
    return found[0];
  }

  @Override
  public void close() {
    socket.close();
  }

  private static boolean isFlow(NetlinkMessages message) {
    return message.type() == (SUBSYSTEM | IPCTNL_MSG_CT_NEW);
  }
}
