/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One packet as far as it has been decoded: the innermost IP packet and its transport. The decoder
 * fills it anew for every packet; nobody keeps it.
 */
final class Packet {
  static final int FIN = 1;
  static final int SYN = 2;
  static final int RST = 4;
  static final int ACK = 16;

  @Nullable Scope scope;
  MemorySegment memory = MemorySegment.NULL;
  long sourceHigh;
  long sourceLow;
  long destinationHigh;
  long destinationLow;
  int protocol;
  int sourcePort;
  int destinationPort;

  /** How many packets on the wire this is: several when it was put together from fragments. */
  int count;

  /** Their bytes from the IP header on, as they were on the wire. */
  long bytes;

  /** Where the transport's payload begins. */
  long payload;

  /** How many of its bytes are there. */
  int captured;

  /** How many it had; more than captured if the capture cut it. */
  int length;

  int sequence;
  int acknowledgement;
  int flags;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
