/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

/**
 * A tracked connection, in fields that are written over and over. For one thread; copy what is to
 * be kept. The counters are 0 where the namespace does not count (net.netfilter.nf_conntrack_acct).
 */
public final class ConntrackFlow {
  // enum ctattr_type; uapi/linux/netfilter/nfnetlink_conntrack.h
  private static final int CTA_TUPLE_ORIG = 1;
  private static final int CTA_TUPLE_REPLY = 2;
  private static final int CTA_STATUS = 3;
  private static final int CTA_PROTOINFO = 4;
  private static final int CTA_TIMEOUT = 7;
  private static final int CTA_MARK = 8;
  private static final int CTA_COUNTERS_ORIG = 9;
  private static final int CTA_COUNTERS_REPLY = 10;
  private static final int CTA_ID = 12;
  private static final int CTA_ZONE = 18;
  private static final int CTA_TIMESTAMP = 20;
  private static final int CTA_PROTOINFO_TCP = 1;
  private static final int CTA_PROTOINFO_TCP_STATE = 1;
  // The first and second of CTA_COUNTERS_* and of CTA_TIMESTAMP_*
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int NFGENMSG = 4;

  private final Attributes attributes = new Attributes();
  private final Attributes nested = new Attributes();
  private final Attributes deeper = new Attributes();
  private final ConntrackTuple original = new ConntrackTuple();
  private final ConntrackTuple reply = new ConntrackTuple();
  private final long[] originalCounters = new long[2];
  private final long[] replyCounters = new long[2];
  private final long[] times = new long[2];
  private int status;
  private int timeout;
  private int mark;
  private int id;
  private int zone;
  private int tcpState;

  /** An empty one. */
  public ConntrackFlow() {}

  /** From the one who began it, to whom it was addressed. */
  public ConntrackTuple original() {
    return original;
  }

  /** The answers; other addresses than the original's, turned round, if they are translated. */
  public ConntrackTuple reply() {
    return reply;
  }

  /** Packets of the original direction. */
  public long originalPackets() {
    return originalCounters[0];
  }

  /** Bytes of the original direction, from the IP header on. */
  public long originalBytes() {
    return originalCounters[1];
  }

  /** Packets of the answers. */
  public long replyPackets() {
    return replyCounters[0];
  }

  /** Bytes of the answers, from the IP header on. */
  public long replyBytes() {
    return replyCounters[1];
  }

  /** IPS_* of uapi/linux/netfilter/nf_conntrack_common.h. */
  public int status() {
    return status;
  }

  /** Seconds until it is forgotten, if nothing comes. */
  public int timeoutSeconds() {
    return timeout;
  }

  /** The connection mark. */
  public int mark() {
    return mark;
  }

  /** The kernel's number of it. */
  public int id() {
    return id;
  }

  /** The zone; 0 if none. */
  public int zone() {
    return zone;
  }

  /** TCP's state, TCP_CONNTRACK_*: 1 SYN sent, 3 established, 7 time wait; 0 if not TCP. */
  public int tcpState() {
    return tcpState;
  }

  /** Nanoseconds since 1970; 0 unless net.netfilter.nf_conntrack_timestamp is on. */
  public long startNanos() {
    return times[0];
  }

  /** As {@link #startNanos}; 0 while it lives. */
  public long stopNanos() {
    return times[1];
  }

  /** Reads a message: whether it is whole and has both tuples. */
  boolean read(NetlinkMessages message) {
    clear();
    boolean whole = true;
    message.attributes(NFGENMSG, attributes);
    while (whole && attributes.next()) {
      switch (attributes.type()) {
        case CTA_TUPLE_ORIG -> whole = original.read(attributes.nested(nested));
        case CTA_TUPLE_REPLY -> whole = reply.read(attributes.nested(nested));
        case CTA_COUNTERS_ORIG -> whole = readPair(originalCounters);
        case CTA_COUNTERS_REPLY -> whole = readPair(replyCounters);
        case CTA_TIMESTAMP -> whole = readPair(times);
        case CTA_PROTOINFO -> whole = readState();
        case CTA_STATUS -> status = attributes.be32();
        case CTA_TIMEOUT -> timeout = attributes.be32();
        case CTA_MARK -> mark = attributes.be32();
        case CTA_ID -> id = attributes.be32();
        case CTA_ZONE -> zone = attributes.be16();
        default -> {}
      }
    }
    return whole && !attributes.malformed() && original.family() != 0 && reply.family() != 0;
  }

  private boolean readPair(long[] pair) {
    attributes.nested(nested);
    while (nested.next()) {
      switch (nested.type()) {
        case FIRST -> pair[0] = nested.be64();
        case SECOND -> pair[1] = nested.be64();
        default -> {}
      }
    }
    return !nested.malformed();
  }

  private boolean readState() {
    attributes.nested(nested);
    while (nested.next()) {
      if (nested.type() == CTA_PROTOINFO_TCP) {
        nested.nested(deeper);
        while (deeper.next()) {
          if (deeper.type() == CTA_PROTOINFO_TCP_STATE) {
            tcpState = deeper.u8();
          }
        }
      }
    }
    return !nested.malformed() && !deeper.malformed();
  }

  private void clear() {
    original.clear();
    reply.clear();
    for (int i = 0; i < 2; i++) {
      originalCounters[i] = 0;
      replyCounters[i] = 0;
      times[i] = 0;
    }
    status = 0;
    timeout = 0;
    mark = 0;
    id = 0;
    zone = 0;
    tcpState = 0;
  }
}
