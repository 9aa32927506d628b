/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/** One direction of a TCP connection. Sequence numbers wrap; they are compared by difference. */
final class TcpStream {
  /** Whether {@link #next} is known. */
  boolean started;

  /** The sequence number of the byte that is due. */
  int next;

  /** Whether {@link #initial} is known: a SYN was seen. */
  boolean opened;

  /** The sequence number of the first byte, once opened. */
  int initial;

  boolean finished;

  /** The sequence number behind the last byte, once finished. */
  int end;

  /** The first and last block that came before its turn, in the pool; -1 when none. */
  int first = -1;

  int last = -1;
  int blocks;

  /** Packets of the connection since there is a hole that the receiver has filled. */
  int sinceFilled;

  /** A SYN says where the stream begins. */
  void open(int sequence) {
    opened = true;
    initial = sequence;
    start(sequence);
  }

  void start(int sequence) {
    started = true;
    next = sequence;
  }
}
