/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import io.sallyport.kernel.Capability;
import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Host;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.netlink.NflogSocket;

/** NFLOG groups: numbers in a network namespace that have one reader each. */
final class Groups {
  /** Together with what others log, in numbers that nobody chooses by hand. */
  static final int FIRST = 40_100;

  private static final int COUNT = 16;

  /** The longest packet fits, 64 KiB of one not yet cut to segments, with what is told about it. */
  private static final int DATAGRAM = 66_560;

  /**
   * One packet a datagram, one datagram at once. So what has not been handed out is still in the
   * socket, where its descriptor shows it, and comes without delay; and the kernel, whose buffer
   * for several packets is larger than it was asked for, cannot send more than there is room for.
   */
  private static final int AT_ONCE = 1;

  /** Not used, as no packet waits for others; the least there is. */
  private static final int DELAY_MILLIS = 10;

  /** A limit, not a reservation. */
  private static final int RECEIVE_BUFFER = 8 << 20;

  private static final int WHOLE_PACKET = 0xffff;

  private Groups() {}

  /** A socket in the network namespace of this thread, not bound. */
  static NflogSocket open() {
    return NflogSocket.open(RECEIVE_BUFFER, AT_ONCE, DATAGRAM);
  }

  /** Binds a socket to the first group that is free, and gives its number. */
  static int bindFree(NflogSocket socket) {
    for (int group = FIRST; group < FIRST + COUNT; group++) {
      if (bind(socket, group)) {
        return group;
      }
    }
    throw new KernelException(
        "bind an NFLOG group of " + FIRST + " to " + (FIRST + COUNT - 1),
        Errno.EPERM.code(),
        "all of them have readers here: this container is captured already, many times");
  }

  /** Binds a socket to a group: false when another socket has it. */
  static boolean bind(NflogSocket socket, int group) {
    try {
      socket.bind(group, WHOLE_PACKET, AT_ONCE, DELAY_MILLIS);
      return true;
    } catch (KernelException e) {
      if (e.errno() == Errno.EPERM && Host.missing(Capability.CAP_NET_ADMIN).isEmpty()) {
        return false;
      }
      throw e;
    }
  }
}
