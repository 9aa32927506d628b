/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Probe;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.netlink.NetlinkRequest;
import io.sallyport.kernel.netlink.NetlinkSocket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Captures a packet in a network namespace made for that, and asks for its counters. */
final class Trial {
  private static final int RTM_NEWLINK = 16;
  private static final int IFF_UP = 1;
  private static final int LOOPBACK_INDEX = 1;
  private static final int UDP = 17;
  private static final int WAIT_MILLIS = 2_000;

  private final Nft nft;
  private final NflogBackend backend;

  Trial(Nft nft, NflogBackend backend) {
    this.nft = nft;
    this.backend = backend;
  }

  Probe run() {
    try (NetworkNamespace scratch = NetworkNamespace.create()) {
      CaptureTarget target =
          new CaptureTarget("/proc/self/fd/" + scratch.fd().number(), "a test namespace", 0);
      try (Capture capture = backend.open(target)) {
        return capture(scratch, capture);
      } catch (CaptureException e) {
        String missing = scratch.call(this::missing);
        return Probe.unavailable(missing.isEmpty() ? e.getMessage() : missing);
      }
    } catch (KernelException | IOException e) {
      return Probe.unavailable("cannot try it in a network namespace: " + e.getMessage());
    }
  }

  private static Probe capture(NetworkNamespace scratch, Capture capture) throws IOException {
    ConnectionKey key = scratch.call(Trial::send);
    long deadline = System.nanoTime() + WAIT_MILLIS * 1_000_000L;
    int seen = 0;
    while (seen == 0 && System.nanoTime() < deadline) {
      Fd.own(capture.fileDescriptor()).poll(Fd.POLLIN, WAIT_MILLIS);
      seen = capture.poll((memory, offset, captured, wire, link, nanos) -> {}, 1);
    }
    if (seen == 0) {
      return Probe.unavailable(
          "the kernel takes the rules, but logs no packet within 2 s; modprobe nfnetlink_log");
    }
    return capture.counters(key, new ConnectionCounters())
        ? Probe.available("NFLOG of first bytes by nft, counters by conntrack")
        : Probe.unavailable(
            "the kernel tells nothing of tracked connections; modprobe nf_conntrack_netlink");
  }

  /** Sends a datagram to itself, through the loopback of the namespace of this thread. */
  private static ConnectionKey send() throws IOException {
    try (NetlinkSocket route = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE)) {
      // struct ifinfomsg { u8 family; u8 pad; u16 type; s32 index; u32 flags; u32 change }
      NetlinkRequest up =
          new NetlinkRequest()
              .begin(RTM_NEWLINK, 0)
              .u8(0)
              .u8(0)
              .u16(0)
              .u32(LOOPBACK_INDEX)
              .u32(IFF_UP)
              .u32(IFF_UP);
      route.acknowledge(up, "set the loopback up");
    }
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      int port = socket.getLocalPort();
      socket.send(new DatagramPacket(new byte[1], 1, loopback, port));
      IpAddress address = IpAddress.of(loopback);
      ConnectionKey key = new ConnectionKey();
      key.sourceHigh = address.high();
      key.sourceLow = address.low();
      key.destinationHigh = address.high();
      key.destinationLow = address.low();
      key.sourcePort = port;
      key.destinationPort = port;
      key.protocol = UDP;
      return key;
    }
  }

  /** What the kernel does not have of what the rules need; empty when that is not the reason. */
  private String missing() {
    Map<String, String> needed = new LinkedHashMap<>();
    needed.put("log group 1", "nft_log nfnetlink_log");
    needed.put("ct bytes < 1", "nf_conntrack nft_ct");
    try {
      nft.apply("table inet trial { chain trial { }\n}\n");
    } catch (Nft.NftException e) {
      return String.valueOf(e.getMessage());
    }
    String modules =
        needed.entrySet().stream()
            .filter(entry -> !accepted(entry.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining(" "));
    return modules.isEmpty() ? "" : "the kernel lacks what the rules need; modprobe -a " + modules;
  }

  private boolean accepted(String rule) {
    try {
      nft.apply("add rule inet trial trial " + rule + "\n");
      return true;
    } catch (Nft.NftException e) {
      return false;
    }
  }
}
