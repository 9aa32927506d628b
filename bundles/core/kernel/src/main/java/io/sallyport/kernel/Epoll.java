/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import io.sallyport.kernel.internal.EventCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits for many descriptors at once. Registering is for any thread, at any time. Each thread that
 * waits brings its own {@link EpollEvents}; waiting allocates nothing.
 */
public final class Epoll implements AutoCloseable {
  /** Report a change once; uapi/linux/eventpoll.h. */
  public static final int EPOLLET = 1 << 31;

  /** Report once, until modified. */
  public static final int EPOLLONESHOT = 1 << 30;

  private static final int CTL_ADD = 1;
  private static final int CTL_DEL = 2;
  private static final int CTL_MOD = 3;

  private final Fd fd;

  private Epoll(Fd fd) {
    this.fd = fd;
  }

  /** A new, empty set. */
  public static Epoll create() {
    return new Epoll(
        Fd.own(
            (int) KernelException.check(EventCalls.epollCreate1(Fd.O_CLOEXEC), "epoll_create1")));
  }

  /**
   * Adds a descriptor.
   *
   * @param events {@link Fd#POLLIN}, {@link Fd#POLLOUT}, {@link #EPOLLET}, {@link #EPOLLONESHOT}
   * @param data what {@link EpollEvents#data} gives when one of them happens
   */
  public void add(Fd watched, int events, long data) {
    control(CTL_ADD, watched, events, data);
  }

  /** Changes what is waited for, or the data. */
  public void modify(Fd watched, int events, long data) {
    control(CTL_MOD, watched, events, data);
  }

  /**
   * Removes a descriptor; do so before it is closed. An event of it that another thread has already
   * fetched may still be delivered there.
   */
  public void remove(Fd watched) {
    control(CTL_DEL, watched, 0, 0);
  }

  /**
   * Waits until something happens.
   *
   * @param events filled with what happened; its former content is overwritten
   * @param millis how long to wait; 0 not at all, below zero for ever
   * @return the number of events, 0 after the time or on a signal
   */
  public int await(EpollEvents events, int millis) {
    int result = EventCalls.epollWait(fd.number(), events.memory(), events.capacity(), millis);
    if (result >= 0) {
      return result;
    }
    if (Errno.EINTR.is(result)) {
      return 0;
    }
    throw new KernelException("epoll_wait", result);
  }

  /** Closes the set, not what is in it. No thread may be waiting: wake it first. */
  @Override
  public void close() {
    fd.close();
  }

  private void control(int operation, Fd watched, int events, long data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = EpollEvents.event(arena, events, data);
      KernelException.check(
          EventCalls.epollCtl(fd.number(), operation, watched.number(), event),
          "epoll_ctl",
          watched);
    }
  }
}
