/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.net.NativeSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * One direction of a tracked connection, in primitive fields that are written over and over. For
 * one thread. An address is two numbers, high and low half of its 16 bytes; an IPv4 address is the
 * low 32 bits of the low half.
 */
public final class ConntrackTuple {
  // enum ctattr_tuple, ctattr_ip, ctattr_l4proto; uapi/linux/netfilter/nfnetlink_conntrack.h
  private static final int CTA_TUPLE_IP = 1;
  private static final int CTA_TUPLE_PROTO = 2;
  private static final int CTA_IP_V4_SRC = 1;
  private static final int CTA_IP_V4_DST = 2;
  private static final int CTA_IP_V6_SRC = 3;
  private static final int CTA_IP_V6_DST = 4;
  private static final int CTA_PROTO_NUM = 1;
  private static final int CTA_PROTO_SRC_PORT = 2;
  private static final int CTA_PROTO_DST_PORT = 3;
  private static final int CTA_PROTO_ICMP_ID = 4;
  private static final int CTA_PROTO_ICMP_TYPE = 5;
  private static final int CTA_PROTO_ICMP_CODE = 6;
  private static final int CTA_PROTO_ICMPV6_ID = 7;
  private static final int CTA_PROTO_ICMPV6_TYPE = 8;
  private static final int CTA_PROTO_ICMPV6_CODE = 9;
  private static final int IPPROTO_ICMP = 1;
  private static final int IPPROTO_ICMPV6 = 58;
  private static final int V6_LENGTH = 16;

  private final Attributes inner = new Attributes();
  private int family;
  private int protocol;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int sourcePort;
  private int destinationPort;
  private int icmpType;
  private int icmpCode;

  /** An empty one. */
  public ConntrackTuple() {}

  /** Sets addresses, of one family, and protocol. */
  public ConntrackTuple between(InetAddress source, InetAddress destination, int ipProtocol) {
    clear();
    byte[] from = source.getAddress();
    byte[] to = destination.getAddress();
    if (from.length != to.length) {
      throw new IllegalArgumentException(source + " and " + destination + " are of two families");
    }
    family = from.length == V6_LENGTH ? NativeSocket.AF_INET6 : NativeSocket.AF_INET;
    sourceHigh = high(from);
    sourceLow = low(from);
    destinationHigh = high(to);
    destinationLow = low(to);
    protocol = ipProtocol;
    return this;
  }

  /** Sets the ports of TCP, UDP, SCTP or DCCP. */
  public ConntrackTuple ports(int source, int destination) {
    sourcePort = source;
    destinationPort = destination;
    return this;
  }

  /** Sets what stands for ports in ICMP. */
  public ConntrackTuple icmp(int id, int type, int code) {
    sourcePort = id;
    icmpType = type;
    icmpCode = code;
    return this;
  }

  /** {@link NativeSocket#AF_INET} or {@link NativeSocket#AF_INET6}; 0 if there is nothing here. */
  public int family() {
    return family;
  }

  /** The protocol above IP: 6 TCP, 17 UDP. */
  public int protocol() {
    return protocol;
  }

  /** The first half of an IPv6 source. */
  public long sourceHigh() {
    return sourceHigh;
  }

  /** The second half of an IPv6 source, or an IPv4 source. */
  public long sourceLow() {
    return sourceLow;
  }

  /** The first half of an IPv6 destination. */
  public long destinationHigh() {
    return destinationHigh;
  }

  /** The second half of an IPv6 destination, or an IPv4 destination. */
  public long destinationLow() {
    return destinationLow;
  }

  /** The source port, or ICMP's id; 0 in protocols without. */
  public int sourcePort() {
    return sourcePort;
  }

  /** The destination port; 0 in protocols without. */
  public int destinationPort() {
    return destinationPort;
  }

  /** ICMP's type. */
  public int icmpType() {
    return icmpType;
  }

  /** ICMP's code. */
  public int icmpCode() {
    return icmpCode;
  }

  /** The source as an object. */
  public InetAddress source() {
    return inet(sourceHigh, sourceLow);
  }

  /** The destination as an object. */
  public InetAddress destination() {
    return inet(destinationHigh, destinationLow);
  }

  void clear() {
    family = 0;
    protocol = 0;
    sourceHigh = 0;
    sourceLow = 0;
    destinationHigh = 0;
    destinationLow = 0;
    sourcePort = 0;
    destinationPort = 0;
    icmpType = 0;
    icmpCode = 0;
  }

  /**
   * Reads what lies in an attribute CTA_TUPLE_*, with a walk for the inside: whether it is whole.
   */
  boolean read(Attributes tuple) {
    while (tuple.next()) {
      tuple.nested(inner);
      switch (tuple.type()) {
        case CTA_TUPLE_IP -> readAddresses();
        case CTA_TUPLE_PROTO -> readProtocol();
        default -> {}
      }
      if (inner.malformed()) {
        return false;
      }
    }
    return !tuple.malformed();
  }

  private void readAddresses() {
    while (inner.next()) {
      switch (inner.type()) {
        case CTA_IP_V4_SRC -> sourceLow = v4();
        case CTA_IP_V4_DST -> destinationLow = v4();
        case CTA_IP_V6_SRC -> {
          family = NativeSocket.AF_INET6;
          sourceHigh = inner.be64();
          sourceLow = inner.be64(Long.BYTES);
        }
        case CTA_IP_V6_DST -> {
          destinationHigh = inner.be64();
          destinationLow = inner.be64(Long.BYTES);
        }
        default -> {}
      }
    }
  }

  private long v4() {
    family = NativeSocket.AF_INET;
    return Integer.toUnsignedLong(inner.be32());
  }

  private void readProtocol() {
    while (inner.next()) {
      switch (inner.type()) {
        case CTA_PROTO_NUM -> protocol = inner.u8();
        case CTA_PROTO_SRC_PORT, CTA_PROTO_ICMP_ID, CTA_PROTO_ICMPV6_ID ->
            sourcePort = inner.be16();
        case CTA_PROTO_DST_PORT -> destinationPort = inner.be16();
        case CTA_PROTO_ICMP_TYPE, CTA_PROTO_ICMPV6_TYPE -> icmpType = inner.u8();
        case CTA_PROTO_ICMP_CODE, CTA_PROTO_ICMPV6_CODE -> icmpCode = inner.u8();
        default -> {}
      }
    }
  }

  /** Adds this to a request as an attribute. */
  void write(NetlinkRequest request, int attribute) {
    int tuple = request.beginNest(attribute);
    int addresses = request.beginNest(CTA_TUPLE_IP);
    if (family == NativeSocket.AF_INET) {
      request
          .attributeBe32(CTA_IP_V4_SRC, (int) sourceLow)
          .attributeBe32(CTA_IP_V4_DST, (int) destinationLow);
    } else {
      request
          .attributeBytes(CTA_IP_V6_SRC, source().getAddress())
          .attributeBytes(CTA_IP_V6_DST, destination().getAddress());
    }
    request.endNest(addresses);
    int inside = request.beginNest(CTA_TUPLE_PROTO);
    request.attributeU8(CTA_PROTO_NUM, protocol);
    switch (protocol) {
      case IPPROTO_ICMP ->
          request
              .attributeBe16(CTA_PROTO_ICMP_ID, sourcePort)
              .attributeU8(CTA_PROTO_ICMP_TYPE, icmpType)
              .attributeU8(CTA_PROTO_ICMP_CODE, icmpCode);
      case IPPROTO_ICMPV6 ->
          request
              .attributeBe16(CTA_PROTO_ICMPV6_ID, sourcePort)
              .attributeU8(CTA_PROTO_ICMPV6_TYPE, icmpType)
              .attributeU8(CTA_PROTO_ICMPV6_CODE, icmpCode);
      default ->
          request
              .attributeBe16(CTA_PROTO_SRC_PORT, sourcePort)
              .attributeBe16(CTA_PROTO_DST_PORT, destinationPort);
    }
    request.endNest(inside);
    request.endNest(tuple);
  }

  private InetAddress inet(long high, long low) {
    boolean v6 = family == NativeSocket.AF_INET6;
    ByteBuffer bytes = ByteBuffer.allocate(v6 ? V6_LENGTH : Integer.BYTES);
    if (v6) {
      bytes.putLong(high).putLong(low);
    } else {
      bytes.putInt((int) low);
    }
    try {
      return InetAddress.getByAddress(bytes.array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  private static long high(byte[] address) {
    return address.length == V6_LENGTH ? ByteBuffer.wrap(address).getLong() : 0;
  }

  private static long low(byte[] address) {
    return address.length == V6_LENGTH
        ? ByteBuffer.wrap(address).getLong(Long.BYTES)
        : Integer.toUnsignedLong(ByteBuffer.wrap(address).getInt());
  }
}
