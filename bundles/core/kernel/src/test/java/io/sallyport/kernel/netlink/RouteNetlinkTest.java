/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RouteNetlinkTest {
  @Test
  void listsLinksAndAddresses() {
    try (TestNetwork network = TestNetwork.create();
        TestNetwork other = TestNetwork.create();
        RouteNetlink route = network.namespace().call(RouteNetlink::open)) {
      network.run(
          "ip",
          "link",
          "add",
          "near",
          "address",
          "02:00:00:00:00:07",
          "mtu",
          "1400",
          "type",
          "veth",
          "peer",
          "name",
          "far",
          "netns",
          other.path().toString());
      network.run("ip", "address", "add", "10.9.8.7/24", "dev", "near");
      network.run("ip", "address", "add", "fd00::7/64", "dev", "near", "nodad");
      network.run("ip", "link", "set", "near", "up");

      assertThat(route.links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "near");
      Link near = link(route, "near");
      assertThat(near.kind()).isEqualTo("veth");
      assertThat(near.mac()).isEqualTo("02:00:00:00:00:07");
      assertThat(near.mtu()).isEqualTo(1400);
      assertThat(near.up()).isTrue();
      assertThat(near.loopback()).isFalse();
      assertThat(near.peerNamespace()).isNotNegative();
      try (RouteNetlink there = other.namespace().call(RouteNetlink::open)) {
        assertThat(link(there, "far").index()).isEqualTo(near.peer());
        assertThat(link(there, "far").peer()).isEqualTo(near.index());
      }
      Link lo = link(route, "lo");
      assertThat(lo.loopback()).isTrue();
      assertThat(lo.mac()).isEmpty();
      assertThat(lo.peerNamespace()).isEqualTo(-1);
      assertThat(route.addresses())
          .filteredOn(address -> address.interfaceIndex() == near.index())
          .extracting(a -> a.address().getHostAddress() + "/" + a.prefixLength())
          .contains("10.9.8.7/24", "fd00:0:0:0:0:0:0:7/64");
      assertThat(route.addresses())
          .filteredOn(address -> address.interfaceIndex() == lo.index())
          .extracting(a -> a.address().getHostAddress())
          .containsExactlyInAnyOrder("127.0.0.1", "0:0:0:0:0:0:0:1");
    }
  }

  @Test
  void listsMoreThanOneDatagramHolds() {
    try (TestNetwork network = TestNetwork.create();
        RouteNetlink route = network.namespace().call(RouteNetlink::open)) {
      StringBuilder batch = new StringBuilder();
      for (int i = 0; i < 150; i++) {
        batch
            .append("link add v")
            .append(i)
            .append(" type veth peer name w")
            .append(i)
            .append('\n');
      }
      network.run("sh", "-c", "printf '" + batch + "' | ip -batch -");
      assertThat(route.links()).hasSize(301);
    }
  }

  @Test
  void tellsChanges() {
    try (TestNetwork network = TestNetwork.create();
        RouteEvents events = network.namespace().call(RouteEvents::open)) {
      network.run("ip", "link", "add", "near", "type", "veth", "peer", "name", "far");
      network.run("ip", "address", "add", "10.9.8.7/24", "dev", "near");
      network.run("ip", "address", "del", "10.9.8.7/24", "dev", "near");
      network.run("ip", "link", "del", "near");
      assertThat(events.fd().poll(Fd.POLLIN, -1)).isEqualTo(Fd.POLLIN);
      List<RouteChange> changes = new ArrayList<>();
      assertThat(events.drain(100, changes::add)).isPositive();
      assertThat(changes)
          .anyMatch(c -> c instanceof RouteChange.LinkChanged l && l.link().name().equals("near"))
          .anyMatch(c -> c instanceof RouteChange.LinkRemoved l && l.link().name().equals("near"))
          .anyMatch(c -> c instanceof RouteChange.AddressChanged a && is10987(a.address()))
          .anyMatch(c -> c instanceof RouteChange.AddressRemoved a && is10987(a.address()));
      assertThat(events.drain(100, changes::add)).isZero();
    }
  }

  @Test
  void tellsThatChangesAreLost() {
    try (TestNetwork network = TestNetwork.create();
        RouteEvents events = network.namespace().call(RouteEvents::open)) {
      StringBuilder batch = new StringBuilder();
      for (int i = 0; i < 400; i++) {
        batch.append("link set lo mtu ").append(60000 + i).append('\n');
      }
      network.run("sh", "-c", "printf '" + batch + "' | ip -batch -");
      List<RouteChange> changes = new ArrayList<>();
      assertThat(events.drain(10_000, changes::add)).isPositive();
      assertThat(changes).last().isEqualTo(new RouteChange.Lost());
    }
  }

  @Test
  void saysWhatTheKernelRefuses() {
    try (TestNetwork network = TestNetwork.create();
        NetlinkSocket socket =
            network.namespace().call(() -> NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE))) {
      NetlinkRequest request = new NetlinkRequest().begin(RouteMessages.RTM_GETLINK, 0);
      for (int i = 0; i < RouteMessages.IFINFOMSG; i++) {
        request.u8(0);
      }
      request.attributeText(3, "a-name-that-is-longer-than-fifteen-bytes");
      assertThatThrownBy(() -> socket.query(request, "get link", message -> {}))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ERANGE))
          .hasMessageMatching("get link: .*ERANGE.*: .+");
    }
  }

  @Test
  void findsAGenericFamily() {
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_GENERIC)) {
      GenericFamily control = GenericFamily.resolve(socket, "nlctrl");
      assertThat(control.id()).isEqualTo(0x10);
      assertThat(control.version()).isPositive();
      assertThat(control.groups()).containsKey("notify");
      assertThatThrownBy(() -> GenericFamily.resolve(socket, "no-such"))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
          .hasMessageStartingWith("find netlink family no-such: ");
    }
  }

  private static Link link(RouteNetlink route, String name) {
    return route.links().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean is10987(InterfaceAddress address) {
    return address.address().getHostAddress().equals("10.9.8.7");
  }
}
