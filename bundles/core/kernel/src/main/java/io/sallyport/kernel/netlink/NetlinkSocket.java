/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.net.MessageBatch;
import io.sallyport.kernel.net.NativeSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A netlink socket in the network namespace of the thread that opens it. Use one for requests and
 * another for events. For one thread at a time; the counters are for any.
 *
 * <p>The kernel answers while a request is being sent; if there is no answer within five seconds,
 * the request fails. A handler must not use the socket that calls it.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** Links, addresses, routes; uapi/linux/netlink.h. */
  public static final int NETLINK_ROUTE = 0;

  /** Connection tracking, logged and queued packets. */
  public static final int NETLINK_NETFILTER = 12;

  /** Families that are known by name. */
  public static final int NETLINK_GENERIC = 16;

  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_ADD_MEMBERSHIP = 1;
  private static final int NETLINK_NO_ENOBUFS = 5;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int NLMSG_NOOP = 1;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_DUMP_INTR = 0x10;
  private static final int NLM_F_CAPPED = 0x100;
  private static final int NLM_F_ACK_TLVS = 0x200;
  private static final int NLMSGERR_ATTR_MSG = 1;
  // struct sockaddr_nl { u16 family; u16 pad; u32 pid; u32 groups }
  private static final int ADDRESS_SIZE = 12;
  private static final long ADDRESS_PID = 4;
  private static final int BUFFER = 1 << 16;
  private static final int TIMEOUT_MILLIS = 5000;

  private final NativeSocket socket;
  private final MemorySegment buffer;
  private final MemorySegment sender;
  private final MemorySegment senderLength;
  private final NetlinkMessages messages = new NetlinkMessages();
  private final NetlinkCounters counters = new NetlinkCounters();
  private int sequence;

  private NetlinkSocket(NativeSocket socket) {
    this.socket = socket;
    Arena arena = Arena.ofAuto();
    this.buffer = arena.allocate(BUFFER, Long.BYTES);
    this.sender = arena.allocate(ADDRESS_SIZE, Integer.BYTES);
    this.senderLength = arena.allocate(JAVA_INT);
  }

  /** Opens a socket of a netlink protocol. */
  public static NetlinkSocket open(int protocol) {
    NativeSocket socket =
        NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, protocol);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_SIZE, Integer.BYTES);
      address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_NETLINK);
      socket.bind(address);
      socket.option(SOL_NETLINK, NETLINK_CAP_ACK, 1);
      socket.option(SOL_NETLINK, NETLINK_EXT_ACK, 1);
      socket.receiveTimeout(TIMEOUT_MILLIS);
      return new NetlinkSocket(socket);
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  /** To wait for. */
  public Fd fd() {
    return socket.fd();
  }

  /** What was lost, refused or ignored. */
  public NetlinkCounters counters() {
    return counters;
  }

  /** Subscribes to the events of a group, by its number. */
  public void join(int group) {
    socket.option(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group);
  }

  /** Asks for a receive buffer: how many bytes there are now. */
  public int receiveBuffer(int bytes) {
    return socket.receiveBuffer(bytes);
  }

  /** Drops what does not fit without saying so (no ENOBUFS, and no overrun counted). */
  public void dropSilently() {
    socket.option(SOL_NETLINK, NETLINK_NO_ENOBUFS, 1);
  }

  /** Sends a request and waits for the kernel's consent. */
  public void acknowledge(NetlinkRequest request, String operation) {
    query(request, operation, message -> {});
  }

  /**
   * Sends a request and hands over the answer.
   *
   * @param operation what it is for, to be named if it fails
   * @throws KernelException what the kernel refuses, with its own words if it has any
   */
  public void query(NetlinkRequest request, String operation, NetlinkHandler handler) {
    send(request, NetlinkRequest.NLM_F_ACK, operation);
    receiveAnswer(operation, handler);
  }

  /**
   * Asks for all there is.
   *
   * @return false if it changed meanwhile, so that something may be missing or doubled: ask again
   */
  public boolean dump(NetlinkRequest request, String operation, NetlinkHandler handler) {
    send(request, NetlinkRequest.NLM_F_DUMP, operation);
    return receiveAnswer(operation, handler);
  }

  /**
   * Hands over the events that are there, without waiting.
   *
   * @param datagrams how many datagrams at most, so that other sockets get their turn
   * @return how many datagrams there were
   */
  public int drain(int datagrams, NetlinkHandler handler) {
    int count = 0;
    while (count < datagrams) {
      long size = receive(NativeSocket.MSG_DONTWAIT);
      if (Errno.EAGAIN.is(size)) {
        break;
      }
      count++;
      if (size <= 0) {
        continue;
      }
      messages.over(buffer, 0, size);
      while (messages.next()) {
        if (messages.type() > NLMSG_DONE) {
          handler.message(messages);
        }
      }
      counters.countMalformed(messages.malformed());
    }
    return count;
  }

  /** Receives many datagrams at once, without waiting: how many, or a negated error number. */
  int receive(MessageBatch batch) {
    int count = socket.receive(batch, NativeSocket.MSG_DONTWAIT);
    if (Errno.ENOBUFS.is(count)) {
      counters.countOverrun();
    }
    return count;
  }

  /** Whether datagram {@code index} comes from the kernel and is whole. */
  boolean accept(MessageBatch batch, int index) {
    if (batch.addresses().get(JAVA_INT, batch.addressOffset(index) + ADDRESS_PID) != 0) {
      counters.countForeign();
      return false;
    }
    if (batch.truncated(index)) {
      counters.countMalformed(true);
      return false;
    }
    return true;
  }

  void countMalformed() {
    counters.countMalformed(true);
  }

  @Override
  public void close() {
    socket.close();
  }

  private void send(NetlinkRequest request, int flags, String operation) {
    sequence++;
    MemorySegment message = request.complete(sequence, NetlinkRequest.NLM_F_REQUEST | flags);
    KernelException.check(socket.send(message, request.length(), 0), operation);
  }

  private boolean receiveAnswer(String operation, NetlinkHandler handler) {
    boolean consistent = true;
    while (true) {
      long size = receive(0);
      if (Errno.EAGAIN.is(size)) {
        throw new KernelException(operation, Errno.ETIMEDOUT.code(), "the kernel did not answer");
      }
      if (size == 0 || Errno.EINTR.is(size)) {
        continue;
      }
      KernelException.check(size, operation);
      messages.over(buffer, 0, size);
      while (messages.next()) {
        if (messages.sequence() != sequence) {
          continue;
        }
        consistent &= (messages.flags() & NLM_F_DUMP_INTR) == 0;
        switch (messages.type()) {
          case NLMSG_ERROR, NLMSG_DONE -> {
            refuse(operation);
            return consistent;
          }
          case NLMSG_NOOP -> {}
          default -> handler.message(messages);
        }
      }
      counters.countMalformed(messages.malformed());
    }
  }

  /** Throws if the message at hand, an error or the end of a dump, carries an error number. */
  private void refuse(String operation) {
    int error = messages.length() >= Integer.BYTES ? messages.u32(0) : 0;
    if (error < 0) {
      throw new KernelException(operation, error, explanation());
    }
  }

  private String explanation() {
    if ((messages.flags() & NLM_F_ACK_TLVS) == 0) {
      return "";
    }
    // An int, then the request's header, and its content unless the kernel left that out.
    boolean error = messages.type() == NLMSG_ERROR;
    boolean capped = (messages.flags() & NLM_F_CAPPED) != 0;
    int request =
        !error
            ? 0
            : capped ? NetlinkRequest.HEADER : NetlinkRequest.align(messages.u32(Integer.BYTES));
    Attributes attributes =
        messages.attributes(Integer.BYTES + Math.max(0, request), new Attributes());
    while (attributes.next()) {
      if (attributes.type() == NLMSGERR_ATTR_MSG) {
        return attributes.text();
      }
    }
    return "";
  }

  /** Receives a datagram of the kernel's: its size, 0 if it was not one, or an error number. */
  private long receive(int flags) {
    senderLength.set(JAVA_INT, 0, ADDRESS_SIZE);
    long size = socket.receive(buffer, flags | NativeSocket.MSG_TRUNC, sender, senderLength);
    if (Errno.ENOBUFS.is(size)) {
      counters.countOverrun();
      return size;
    }
    if (size < 0) {
      return size;
    }
    if (sender.get(JAVA_INT, ADDRESS_PID) != 0) {
      counters.countForeign();
      return 0;
    }
    if (size > BUFFER) {
      counters.countMalformed(true);
      return 0;
    }
    return size;
  }
}
