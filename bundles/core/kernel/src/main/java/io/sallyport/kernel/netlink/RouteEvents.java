/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.Fd;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what changes in the links and addresses of the namespace in which it is opened. */
public final class RouteEvents implements AutoCloseable {
  // enum rtnetlink_groups, uapi/linux/rtnetlink.h
  private static final int RTNLGRP_LINK = 1;
  private static final int RTNLGRP_IPV4_IFADDR = 5;
  private static final int RTNLGRP_IPV6_IFADDR = 9;

  private final NetlinkSocket socket;
  private long overruns;

  private RouteEvents(NetlinkSocket socket) {
    this.socket = socket;
  }

  /**
   * Opens it in the namespace of this thread. List links and addresses afterwards, so that nothing
   * falls between.
   */
  public static RouteEvents open() {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE);
    try {
      socket.join(RTNLGRP_LINK);
      socket.join(RTNLGRP_IPV4_IFADDR);
      socket.join(RTNLGRP_IPV6_IFADDR);
      return new RouteEvents(socket);
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** To wait for. */
  public Fd fd() {
    return socket.fd();
  }

  /**
   * Hands over what has changed, without waiting; for one thread.
   *
   * @param datagrams how many datagrams at most
   * @return how many there were
   */
  public int drain(int datagrams, Consumer<RouteChange> changes) {
    int count =
        socket.drain(
            datagrams,
            message -> {
              RouteChange change = change(message);
              if (change != null) {
                changes.accept(change);
              }
            });
    if (socket.counters().overruns() != overruns) {
      overruns = socket.counters().overruns();
      changes.accept(new RouteChange.Lost());
    }
    return count;
  }

  @Override
  public void close() {
    socket.close();
  }

  private static @Nullable RouteChange change(NetlinkMessages message) {
    return switch (message.type()) {
      case RouteMessages.RTM_NEWLINK ->
          ifRead(RouteMessages.link(message), RouteChange.LinkChanged::new);
      case RouteMessages.RTM_DELLINK ->
          ifRead(RouteMessages.link(message), RouteChange.LinkRemoved::new);
      case RouteMessages.RTM_NEWADDR ->
          ifRead(RouteMessages.address(message), RouteChange.AddressChanged::new);
      case RouteMessages.RTM_DELADDR ->
          ifRead(RouteMessages.address(message), RouteChange.AddressRemoved::new);
      default -> null;
    };
  }

  private static <T> @Nullable RouteChange ifRead(
      @Nullable T subject, Function<T, RouteChange> change) {
    return subject == null ? null : change.apply(subject);
  }
}
