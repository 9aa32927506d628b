/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open capture. It belongs to one thread at a time, its owner; only {@link #statistics} and
 * {@link #close} may be called from others.
 *
 * <p>Ownership can be taken away: when a parser never returns, its thread is abandoned inside
 * {@link #poll} and another thread goes on with the same capture. So an implementation keeps its
 * position in the object, and moves it past a packet <em>before</em> handing that packet out.
 */
@ConsumerType
public interface Capture extends AutoCloseable {
  /** A descriptor that becomes readable when packets wait, for epoll; -1 when always ready. */
  int fileDescriptor();

  /**
   * Hands out packets that wait, without blocking.
   *
   * @param limit how many at most
   * @return how many were handed out; -1 when the capture has come to its end: a file has been read
   *     to where it stops or is damaged, what was captured has gone
   * @throws CaptureException when it has failed for good; it is of no more use than to be closed
   */
  int poll(PacketHandler handler, int limit);

  /**
   * The kernel's counters of one connection, for flows whose later packets the backend leaves out.
   *
   * @return false when the backend has none for it
   */
  boolean counters(ConnectionKey key, ConnectionCounters into);

  /** What was seen and lost since the capture was opened. */
  CaptureStatistics statistics();

  /**
   * What is wrong with a capture that has come to its end: where a file is cut short, for instance.
   *
   * @return one line for the user; empty when nothing is wrong
   */
  default String problem() {
    return "";
  }

  /** Ends the capture and frees what it holds. Waits for no one. */
  @Override
  void close();
}
