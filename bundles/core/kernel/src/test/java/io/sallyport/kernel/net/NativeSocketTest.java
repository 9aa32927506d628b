/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.TestNetwork;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NativeSocketTest {
  @Test
  void receivesABatchWithItsSenders() throws Exception {
    try (NativeSocket socket = NativeSocket.open(NativeSocket.AF_INET, NativeSocket.SOCK_DGRAM, 0);
        Arena arena = Arena.ofConfined();
        DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = bindToLoopback(socket, arena);
      for (String text : new String[] {"one", "three", "longer than the room for it"}) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        sender.send(
            new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
      }
      MessageBatch batch = new MessageBatch(8, 16);
      for (int round = 0; round < 2; round++) {
        assertThat(socket.fd().poll(Fd.POLLIN, round == 0 ? -1 : 0)).isEqualTo(round == 0 ? 1 : 0);
        int count = socket.receive(batch, NativeSocket.MSG_DONTWAIT);
        if (round == 1) {
          assertThat(Errno.EAGAIN.is(count)).isTrue();
          continue;
        }
        assertThat(count).isEqualTo(3);
        assertThat(batch.length(1)).isEqualTo(5);
        assertThat(batch.memory().get(JAVA_BYTE, batch.offset(1))).isEqualTo((byte) 't');
        assertThat(batch.truncated(1)).isFalse();
        assertThat(batch.truncated(2)).isTrue();
        assertThat(batch.length(2)).isEqualTo(16);
        short from =
            batch
                .addresses()
                .get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), batch.addressOffset(0) + 2);
        assertThat(Short.toUnsignedInt(from)).isEqualTo(sender.getLocalPort());
      }
    }
  }

  @Test
  void readsAndSetsOptions() {
    try (NativeSocket socket =
        NativeSocket.open(NativeSocket.AF_INET, NativeSocket.SOCK_DGRAM, 0)) {
      assertThat(socket.receiveBuffer(1 << 16)).isGreaterThanOrEqualTo(1 << 16);
      socket.receiveTimeout(1);
      try (Arena arena = Arena.ofConfined()) {
        assertThat(Errno.EAGAIN.is(socket.receive(arena.allocate(8), 0))).isTrue();
      }
    }
  }

  @Test
  void aClassicFilterCutsAndRefuses() throws Exception {
    try (NativeSocket socket = NativeSocket.open(NativeSocket.AF_INET, NativeSocket.SOCK_DGRAM, 0);
        Arena arena = Arena.ofConfined();
        DatagramSocket sender = new DatagramSocket()) {
      int port = bindToLoopback(socket, arena);
      int udpHeader = 8;
      socket.filter(ClassicFilter.first(udpHeader + 2));
      sender.send(new DatagramPacket(new byte[5], 5, InetAddress.getLoopbackAddress(), port));
      assertThat(socket.receive(arena.allocate(16), 0)).isEqualTo(2);
      socket.filter(ClassicFilter.first(0));
      sender.send(new DatagramPacket(new byte[5], 5, InetAddress.getLoopbackAddress(), port));
      assertThat(Errno.EAGAIN.is(socket.receive(arena.allocate(16), NativeSocket.MSG_DONTWAIT)))
          .isTrue();
    }
  }

  @Test
  void saysWhatItCouldNotOpen() {
    assertThatThrownBy(() -> NativeSocket.open(4000, NativeSocket.SOCK_RAW, 0))
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith("socket family 4000 protocol 0: Address family not supported");
  }

  @Test
  void findsInterfacesOfTheThreadsNamespace() {
    try (TestNetwork network = TestNetwork.create()) {
      network.run("ip", "link", "add", "only-here", "type", "veth");
      assertThat(network.namespace().call(() -> Interfaces.index("only-here"))).isPositive();
      assertThatThrownBy(() -> Interfaces.index("only-here"))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV));
    }
  }

  private static int bindToLoopback(NativeSocket socket, Arena arena) throws Exception {
    int port;
    try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    MemorySegment address = arena.allocate(16, 4); // struct sockaddr_in
    address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_INET);
    address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
    address.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, 0x7f000001);
    socket.bind(address);
    return port;
  }
}
