/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists links and addresses of the network namespace in which it is opened. For one thread. */
public final class RouteNetlink implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final NetlinkSocket socket;
  private final NetlinkRequest request = new NetlinkRequest();

  private RouteNetlink(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** Opens it in the namespace of this thread. */
  public static RouteNetlink open() {
    return new RouteNetlink(NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE));
  }

  /** All links. */
  public List<Link> links() {
    return list(
        RouteMessages.RTM_GETLINK,
        RouteMessages.IFINFOMSG,
        RouteMessages.RTM_NEWLINK,
        RouteMessages::link);
  }

  /** All addresses, IPv4 and IPv6. */
  public List<InterfaceAddress> addresses() {
    return list(
        RouteMessages.RTM_GETADDR,
        RouteMessages.IFADDRMSG,
        RouteMessages.RTM_NEWADDR,
        RouteMessages::address);
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Asks until nothing changed meanwhile; the last answer is taken if it never stands still. */
  private <T> List<T> list(
      int get, int header, int wanted, Function<NetlinkMessages, @Nullable T> read) {
    List<T> found = new ArrayList<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      found.clear();
      request.begin(get, 0);
      for (int i = 0; i < header; i++) {
        request.u8(0);
      }
      boolean consistent =
          socket.dump(
              request,
              get == RouteMessages.RTM_GETLINK ? "list links" : "list addresses",
              message -> {
                T item = message.type() == wanted ? read.apply(message) : null;
                if (item != null) {
                  found.add(item);
                }
              });
      if (consistent) {
        break;
      }
    }
    return List.copyOf(found);
  }
}
