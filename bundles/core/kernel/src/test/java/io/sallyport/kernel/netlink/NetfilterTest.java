/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.kernel.CursorRevokedException;
import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.TestNetwork;
import io.sallyport.kernel.net.NativeSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetfilterTest {
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_UDP = 17;
  private static final int GROUP = 77;

  @BeforeAll
  static void needsTools() {
    TestNetwork.assumeRoot();
    for (String tool :
        List.of(
            "/usr/sbin/iptables",
            "/usr/sbin/ip6tables",
            "/usr/sbin/conntrack",
            "/usr/bin/python3")) {
      assumeTrue(Files.isExecutable(Path.of(tool)), "needs " + tool);
    }
  }

  @Test
  void listsFindsAndFollowsConnections() throws Exception {
    try (TestNetwork network = tracked();
        Conntrack conntrack = network.namespace().call(Conntrack::open);
        ConntrackEvents events = network.namespace().call(() -> ConntrackEvents.open(1 << 20))) {
      sendUdp(network, "127.0.0.1", 4001, 5001, 3);
      sendUdp(network, "::1", 4002, 5002, 1);

      ConntrackFlow flow = new ConntrackFlow();
      List<String> all = new ArrayList<>();
      conntrack.dump(0, flow, f -> all.add(text(f)));
      assertThat(all)
          .containsExactlyInAnyOrder(
              "/127.0.0.1:4001 /127.0.0.1:5001 17 3/90 0/0",
              "/0:0:0:0:0:0:0:1:4002 /0:0:0:0:0:0:0:1:5002 17 1/50 0/0");
      all.clear();
      conntrack.dump(NativeSocket.AF_INET6, flow, f -> all.add(text(f)));
      assertThat(all).hasSize(1);

      ConntrackTuple wanted =
          new ConntrackTuple()
              .between(
                  InetAddress.ofLiteral("127.0.0.1"),
                  InetAddress.ofLiteral("127.0.0.1"),
                  IPPROTO_UDP)
              .ports(4001, 5001);
      assertThat(conntrack.find(wanted, flow)).isTrue();
      assertThat(flow.originalPackets()).isEqualTo(3);
      assertThat(flow.originalBytes()).isEqualTo(90);
      assertThat(flow.reply().sourcePort()).isEqualTo(5001);
      assertThat(flow.timeoutSeconds()).isPositive();
      assertThat(flow.id()).isNotZero();
      assertThat(conntrack.find(wanted.ports(4001, 5999), flow)).isFalse();

      ConntrackTuple six =
          new ConntrackTuple()
              .between(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("::1"), IPPROTO_UDP)
              .ports(4002, 5002);
      assertThat(conntrack.find(six, flow)).isTrue();
      assertThat(flow.original().sourceLow()).isEqualTo(1);

      network.run("conntrack", "-D", "-p", "udp", "--sport", "4001");
      List<String> seen = new ArrayList<>();
      while (seen.size() < 3) {
        assertThat(events.fd().poll(Fd.POLLIN, 10_000)).isEqualTo(Fd.POLLIN);
        events.drain(
            100,
            new ConntrackEvents.Listener() {
              @Override
              public void begun(ConntrackFlow f) {
                seen.add("begun " + f.original().sourcePort());
              }

              @Override
              public void ended(ConntrackFlow f) {
                seen.add("ended " + f.original().sourcePort() + " " + f.originalBytes());
              }
            });
      }
      assertThat(seen).containsExactly("begun 4001", "begun 4002", "ended 4001 90");
      assertThat(events.counters().overruns()).isZero();
      assertThat(events.counters().malformed()).isZero();
    }
  }

  @Test
  void countsBothDirectionsOfAPing() throws Exception {
    try (TestNetwork network = tracked();
        Conntrack conntrack = network.namespace().call(Conntrack::open)) {
      // An echo request, sent twice; its checksum is the complement of its one word that is not 0.
      network.run(
          "python3",
          "-c",
          """
          import socket
          s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
          for i in range(2):
              s.sendto(bytes([8, 0, 0xf7, 0xff, 0, 0, 0, 0]), ("127.0.0.1", 0))
          """);
      ConntrackFlow flow = new ConntrackFlow();
      ConntrackFlow again = new ConntrackFlow();
      boolean[] found = new boolean[1];
      ConntrackTuple echo = new ConntrackTuple();
      InetAddress local = InetAddress.ofLiteral("127.0.0.1");
      conntrack.dump(
          NativeSocket.AF_INET,
          flow,
          f -> {
            found[0] = f.original().protocol() == IPPROTO_ICMP;
            echo.between(local, local, IPPROTO_ICMP)
                .icmp(f.original().sourcePort(), f.original().icmpType(), f.original().icmpCode());
          });
      assertThat(found[0]).isTrue();
      assertThat(conntrack.find(echo, again)).isTrue();
      assertThat(again.originalPackets()).isEqualTo(2);
      assertThat(again.replyPackets()).isEqualTo(2);
      assertThat(again.replyBytes()).isEqualTo(again.originalBytes()).isPositive();
    }
  }

  @Test
  void readsLoggedPackets() {
    try (TestNetwork network = logged(5);
        NflogSocket socket = nflog(network)) {
      socket.bind(GROUP, 30, 5, 100);
      sendUdp(network, "127.0.0.1", 4001, 5001, 5);
      NflogReader reader = socket.takeOver();
      for (int i = 0; i < 5; i++) {
        await(socket, reader);
        assertThat(reader.protocol()).isEqualTo(0x0800);
        assertThat(reader.hook()).isEqualTo(1);
        assertThat(reader.length()).isEqualTo(30);
        assertThat(reader.group()).isEqualTo(GROUP);
        assertThat(reader.inputInterface()).isEqualTo(1);
        assertThat(reader.outputInterface()).isZero();
        assertThat(reader.sequence()).isEqualTo(i);
        assertThat(reader.prefixLength()).isEqualTo("prefix".length() + 1);
        assertThat(reader.memory().get(JAVA_BYTE, reader.prefixOffset())).isEqualTo((byte) 'p');
        assertThat(reader.memory().get(JAVA_BYTE, reader.offset())).isEqualTo((byte) 0x45);
        // Two bytes of payload behind the headers of IP and UDP, the second of which counts up.
        assertThat(reader.memory().get(JAVA_BYTE, reader.offset() + 29)).isEqualTo((byte) i);
      }
      assertThat(reader.next()).isFalse();
      assertThat(socket.counters().overruns()).isZero();
      assertThat(socket.counters().malformed()).isZero();
    }
  }

  @Test
  void anotherThreadGoesOnBehindThePacketAtWhichAThreadIsStuck() {
    try (TestNetwork network = logged(10);
        NflogSocket socket = nflog(network)) {
      socket.bind(GROUP, 64, 10, 100);
      sendUdp(network, "127.0.0.1", 4001, 5001, 10);
      NflogReader stuck = socket.takeOver();
      for (int i = 0; i < 4; i++) {
        await(socket, stuck);
      }
      NflogReader successor = socket.takeOver();
      for (int i = 4; i < 10; i++) {
        await(socket, successor);
        assertThat(successor.sequence()).isEqualTo(i);
      }
      sendUdp(network, "127.0.0.1", 4001, 5001, 10);
      for (int i = 10; i < 20; i++) {
        await(socket, successor);
        assertThat(successor.sequence()).isEqualTo(i);
      }
      // What the stuck thread looks at has not been written over.
      assertThat(stuck.memory().get(JAVA_BYTE, stuck.offset() + 29)).isEqualTo((byte) 3);
      assertThatThrownBy(stuck::next).isInstanceOf(CursorRevokedException.class);
      assertThat(stuck.revoked()).isTrue();
    }
  }

  @Test
  void aGroupHasOneReader() {
    try (TestNetwork network = TestNetwork.create();
        NflogSocket first = nflog(network);
        NflogSocket second = nflog(network)) {
      first.bind(GROUP, 64, 1, 100);
      assertThatThrownBy(() -> second.bind(GROUP, 64, 1, 100))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
          .hasMessageContaining("choose another group");
      first.unbind(GROUP);
      second.bind(GROUP, 64, 1, 100);
    }
  }

  private static NflogSocket nflog(TestNetwork network) {
    return network.namespace().call(() -> NflogSocket.open(1 << 20, 4, 1 << 16));
  }

  private static void await(NflogSocket socket, NflogReader reader) {
    while (!reader.next()) {
      assertThat(socket.fd().poll(Fd.POLLIN, 10_000)).as("a packet within 10 s").isPositive();
    }
  }

  /** A namespace in which connections are tracked and counted. */
  private static TestNetwork tracked() {
    TestNetwork network = TestNetwork.create();
    network.run("sysctl", "-qw", "net.netfilter.nf_conntrack_acct=1");
    for (String tool : List.of("iptables", "ip6tables")) {
      network.run(tool, "-A", "INPUT", "-m", "conntrack", "--ctstate", "NEW", "-j", "ACCEPT");
    }
    return network;
  }

  /** A namespace in which UDP that comes in is logged. */
  private static TestNetwork logged(int threshold) {
    TestNetwork network = TestNetwork.create();
    network.run(
        "iptables",
        "-A",
        "INPUT",
        "-p",
        "udp",
        "-j",
        "NFLOG",
        "--nflog-group",
        String.valueOf(GROUP),
        "--nflog-threshold",
        String.valueOf(threshold),
        "--nflog-prefix",
        "prefix");
    return network;
  }

  /** Sends datagrams of two bytes, 0 and a number that counts up. */
  private static void sendUdp(TestNetwork network, String address, int from, int to, int count) {
    network.run(
        "python3",
        "-c",
        String.join(
            "\n",
            "import socket",
            "a = '" + address + "'",
            "f = socket.AF_INET6 if ':' in a else socket.AF_INET",
            "r = socket.socket(f, socket.SOCK_DGRAM); r.bind((a, " + to + "))",
            "s = socket.socket(f, socket.SOCK_DGRAM); s.bind((a, " + from + "))",
            "for i in range(" + count + "): s.sendto(bytes([0, i]), (a, " + to + "))"));
  }

  private static String text(ConntrackFlow flow) {
    ConntrackTuple original = flow.original();
    return original.source()
        + ":"
        + original.sourcePort()
        + " "
        + original.destination()
        + ":"
        + original.destinationPort()
        + " "
        + original.protocol()
        + " "
        + flow.originalPackets()
        + "/"
        + flow.originalBytes()
        + " "
        + flow.replyPackets()
        + "/"
        + flow.replyBytes();
  }
}
