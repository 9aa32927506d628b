/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import java.util.concurrent.atomic.AtomicLong;

/** What a netlink socket lost, refused or ignored. For any thread. */
public final class NetlinkCounters {
  private final AtomicLong overruns = new AtomicLong();
  private final AtomicLong malformed = new AtomicLong();
  private final AtomicLong foreign = new AtomicLong();

  NetlinkCounters() {}

  /** How often the kernel had no room for a message (ENOBUFS): each time one or more are lost. */
  public long overruns() {
    return overruns.get();
  }

  /** Datagrams that lie about a length, or that are longer than the buffer. */
  public long malformed() {
    return malformed.get();
  }

  /** Datagrams of other processes; a container could send some to feign events. */
  public long foreign() {
    return foreign.get();
  }

  void countOverrun() {
    overruns.incrementAndGet();
  }

  void countMalformed(boolean is) {
    if (is) {
      malformed.incrementAndGet();
    }
  }

  void countForeign() {
    foreign.incrementAndGet();
  }
}
