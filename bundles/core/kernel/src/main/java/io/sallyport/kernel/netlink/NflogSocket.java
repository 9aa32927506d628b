/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.Capability;
import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.Host;
import io.sallyport.kernel.KernelException;

/**
 * The packets that rules with the target NFLOG send to a group, in the network namespace in which
 * this is opened. Bind first, then read through {@link #takeOver}; once there are packets, nothing
 * but reading is possible, as packets and answers come by the same socket. Needs CAP_NET_ADMIN.
 */
public final class NflogSocket implements AutoCloseable {
  // uapi/linux/netfilter/nfnetlink.h, nfnetlink_log.h
  private static final int NFNL_SUBSYS_ULOG = 4 << 8;
  private static final int NFULNL_MSG_CONFIG = 1;
  private static final int NFULA_CFG_CMD = 1;
  private static final int NFULA_CFG_MODE = 2;
  private static final int NFULA_CFG_NLBUFSIZ = 3;
  private static final int NFULA_CFG_TIMEOUT = 4;
  private static final int NFULA_CFG_QTHRESH = 5;
  private static final int NFULA_CFG_FLAGS = 6;
  private static final int NFULNL_CFG_CMD_BIND = 1;
  private static final int NFULNL_CFG_CMD_UNBIND = 2;
  private static final int NFULNL_COPY_PACKET = 2;
  private static final int NFULNL_CFG_F_SEQ = 1;
  private static final int MILLIS_PER_TICK = 10;

  private final NetlinkSocket socket;
  private final NetlinkRequest request = new NetlinkRequest();
  private NflogReader reader;

  private NflogSocket(NetlinkSocket socket, NflogReader reader) {
    this.socket = socket;
    this.reader = reader;
  }

  /**
   * Opens it in the namespace of this thread.
   *
   * @param receiveBuffer bytes that may wait to be read; what does not fit is lost and counted
   * @param batch how many datagrams are received at once
   * @param datagram bytes of one datagram: the kernel's buffer of a group is made as large
   */
  public static NflogSocket open(int receiveBuffer, int batch, int datagram) {
    NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER);
    try {
      socket.receiveBuffer(receiveBuffer);
      return new NflogSocket(socket, new NflogReader(socket, batch, datagram));
    } catch (RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Begins to receive the packets of a group.
   *
   * @param group 0 to 65,535; EPERM if another socket of this namespace has it
   * @param copyRange bytes of a packet to copy, from the network header on
   * @param threshold how many packets the kernel gathers before it sends them
   * @param delayMillis after how long it sends fewer, in steps of 10 ms, at least 10
   */
  public void bind(int group, int copyRange, int threshold, int delayMillis) {
    command(group, NFULNL_CFG_CMD_BIND, "bind NFLOG group " + group);
    int ticks = Math.max(1, delayMillis / MILLIS_PER_TICK);
    configure(group)
        .attributeBytes(
            NFULA_CFG_MODE,
            new byte[] {
              (byte) (copyRange >>> 24),
              (byte) (copyRange >>> 16),
              (byte) (copyRange >>> 8),
              (byte) copyRange,
              NFULNL_COPY_PACKET,
              0
            })
        .attributeBe32(NFULA_CFG_NLBUFSIZ, reader.datagram())
        .attributeBe32(NFULA_CFG_TIMEOUT, ticks)
        .attributeBe32(NFULA_CFG_QTHRESH, threshold)
        .attributeBe16(NFULA_CFG_FLAGS, NFULNL_CFG_F_SEQ);
    socket.acknowledge(request, "configure NFLOG group " + group);
  }

  /** Ends receiving the packets of a group; closing does so for all. */
  public void unbind(int group) {
    command(group, NFULNL_CFG_CMD_UNBIND, "unbind NFLOG group " + group);
  }

  /** To wait for. */
  public Fd fd() {
    return socket.fd();
  }

  /** What was lost, refused or ignored. */
  public NetlinkCounters counters() {
    return socket.counters();
  }

  /**
   * Makes the calling code the reader: the next packet is the one after the last that was given
   * out, to whomever. The former reader throws CursorRevokedException from now on.
   */
  public synchronized NflogReader takeOver() {
    reader = reader.revoke();
    return reader;
  }

  @Override
  public void close() {
    socket.close();
  }

  private void command(int group, int command, String operation) {
    configure(group).attributeU8(NFULA_CFG_CMD, command);
    try {
      socket.acknowledge(request, operation);
    } catch (KernelException e) {
      // The kernel's answer for a group that another socket has, too.
      String advice =
          e.errno() == Errno.EPERM && Host.missing(Capability.CAP_NET_ADMIN).isEmpty()
              ? "another program logs this group here; choose another group"
              : "";
      throw new KernelException(operation, e.code(), advice);
    }
  }

  private NetlinkRequest configure(int group) {
    return request.begin(NFNL_SUBSYS_ULOG | NFULNL_MSG_CONFIG, 0).netfilter(0, group);
  }
}
