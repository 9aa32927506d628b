/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.CursorRevokedException;
import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Handover;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.net.MessageBatch;
import java.lang.foreign.MemorySegment;

/**
 * A place among the packets of an {@link NflogSocket}, and the packet there. For one thread;
 * allocates nothing. A packet's memory stays as it is until the next call of {@link #next}, also if
 * another thread has taken over.
 */
public final class NflogReader {
  private static final int NFNL_SUBSYS_ULOG = 4 << 8;
  private static final int NFGENMSG = 4;
  private static final int RESOURCE = 2;
  // enum nfulnl_attr_type, uapi/linux/netfilter/nfnetlink_log.h
  private static final int NFULA_PACKET_HDR = 1;
  private static final int NFULA_MARK = 2;
  private static final int NFULA_TIMESTAMP = 3;
  private static final int NFULA_IFINDEX_INDEV = 4;
  private static final int NFULA_IFINDEX_OUTDEV = 5;
  private static final int NFULA_PAYLOAD = 9;
  private static final int NFULA_PREFIX = 10;
  private static final int NFULA_SEQ = 12;
  // struct nfulnl_msg_packet_hdr { be16 hw_protocol; u8 hook; u8 pad }
  private static final int HOOK_SHIFT = 8;

  private final Handover handover = new Handover();
  private final NetlinkSocket socket;
  private final int capacity;
  private final int datagram;
  private final Attributes attributes = new Attributes();
  private MessageBatch batch;
  private NetlinkMessages messages = new NetlinkMessages();
  private int filled;
  private int index;
  private boolean borrowed;

  private long offset;
  private int length;
  private int protocol;
  private int hook;
  private int mark;
  private int inputInterface;
  private int outputInterface;
  private int sequence;
  private long timestampNanos;
  private long prefixOffset;
  private int prefixLength;
  private int group;

  NflogReader(NetlinkSocket socket, int capacity, int datagram) {
    this(socket, capacity, datagram, new MessageBatch(capacity, datagram));
  }

  private NflogReader(NetlinkSocket socket, int capacity, int datagram, MessageBatch batch) {
    this.socket = socket;
    this.capacity = capacity;
    this.datagram = datagram;
    this.batch = batch;
  }

  int datagram() {
    return datagram;
  }

  /** Ends this reader and gives one that goes on behind the packet that it gave out last. */
  NflogReader revoke() {
    handover.revoke();
    NflogReader successor = new NflogReader(socket, capacity, datagram, batch);
    successor.messages = messages.copy();
    successor.filled = filled;
    successor.index = index;
    // A thread may be stuck in a packet of this batch, so the next one goes to fresh memory.
    successor.borrowed = true;
    return successor;
  }

  /**
   * Goes to the next packet.
   *
   * @return false if there is none yet: wait for the socket's descriptor
   * @throws CursorRevokedException if another reader has taken over
   */
  public boolean next() {
    handover.enter();
    try {
      return move();
    } finally {
      handover.leave();
    }
  }

  private boolean move() {
    while (true) {
      while (messages.next()) {
        if (messages.type() == NFNL_SUBSYS_ULOG && read()) {
          return true;
        }
      }
      if (messages.malformed()) {
        socket.countMalformed();
      }
      if (!nextDatagram()) {
        return false;
      }
    }
  }

  private boolean nextDatagram() {
    while (true) {
      if (index == filled && !receive()) {
        return false;
      }
      int datagramIndex = index++;
      if (socket.accept(batch, datagramIndex)) {
        messages.over(batch.memory(), batch.offset(datagramIndex), batch.length(datagramIndex));
        return true;
      }
    }
  }

  private boolean receive() {
    if (borrowed) {
      batch = new MessageBatch(capacity, datagram);
      borrowed = false;
    }
    messages.over(MemorySegment.NULL, 0, 0);
    index = 0;
    filled = 0;
    int count = socket.receive(batch);
    while (Errno.ENOBUFS.is(count)) {
      count = socket.receive(batch);
    }
    if (count < 0 && !Errno.EAGAIN.is(count) && !Errno.EINTR.is(count)) {
      throw new KernelException("receive logged packets", count);
    }
    filled = Math.max(0, count);
    return filled > 0;
  }

  private boolean read() {
    length = 0;
    protocol = 0;
    hook = 0;
    mark = 0;
    inputInterface = 0;
    outputInterface = 0;
    sequence = 0;
    timestampNanos = 0;
    prefixLength = 0;
    group = Short.toUnsignedInt(Short.reverseBytes((short) messages.u16(RESOURCE)));
    messages.attributes(NFGENMSG, attributes);
    while (attributes.next()) {
      switch (attributes.type()) {
        case NFULA_PACKET_HDR -> {
          protocol = attributes.be16();
          hook = attributes.be32() >>> HOOK_SHIFT & 0xff;
        }
        case NFULA_MARK -> mark = attributes.be32();
        case NFULA_TIMESTAMP ->
            timestampNanos =
                attributes.be64() * 1_000_000_000L + attributes.be64(Long.BYTES) * 1_000L;
        case NFULA_IFINDEX_INDEV -> inputInterface = attributes.be32();
        case NFULA_IFINDEX_OUTDEV -> outputInterface = attributes.be32();
        case NFULA_PAYLOAD -> {
          offset = attributes.offset();
          length = attributes.length();
        }
        case NFULA_PREFIX -> {
          prefixOffset = attributes.offset();
          prefixLength = attributes.length();
        }
        case NFULA_SEQ -> sequence = attributes.be32();
        default -> {}
      }
    }
    if (attributes.malformed()) {
      socket.countMalformed();
    }
    return !attributes.malformed() && length > 0;
  }

  /** Whether another reader has taken over. */
  public boolean revoked() {
    return handover.revoked();
  }

  /** The memory in which the packet lies. */
  public MemorySegment memory() {
    return batch.memory();
  }

  /** Where the network layer's header begins. */
  public long offset() {
    return offset;
  }

  /** Bytes that were copied, at most the copy range; the packet's own header tells its length. */
  public int length() {
    return length;
  }

  /** The Ethernet protocol: 0x0800 for IPv4, 0x86dd for IPv6. */
  public int protocol() {
    return protocol;
  }

  /** Where it was logged, NF_INET_*: 0 prerouting, 1 input, 2 forward, 3 output, 4 postrouting. */
  public int hook() {
    return hook;
  }

  /** The packet mark. */
  public int mark() {
    return mark;
  }

  /** The index of the interface where it came in; 0 if it did not. */
  public int inputInterface() {
    return inputInterface;
  }

  /** The index of the interface where it goes out; 0 if it does not, or that is not known yet. */
  public int outputInterface() {
    return outputInterface;
  }

  /** The packet's number in its group; a gap shows a loss. */
  public int sequence() {
    return sequence;
  }

  /** When it came in, in nanoseconds since 1970; 0 for packets that this namespace sends. */
  public long timestampNanos() {
    return timestampNanos;
  }

  /** The group that it was logged to. */
  public int group() {
    return group;
  }

  /** Where the rule's prefix begins, a text that a zero byte ends. */
  public long prefixOffset() {
    return prefixOffset;
  }

  /** Bytes of the rule's prefix with the zero byte; 0 if it has none. */
  public int prefixLength() {
    return prefixLength;
  }
}
