/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import io.sallyport.kernel.internal.FileCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Wakes a thread that waits in {@link Epoll#await}, from any thread (an eventfd). */
public final class Wakeup implements AutoCloseable {
  private final Fd fd;
  private final MemorySegment one;
  private final MemorySegment sink;

  private Wakeup(Fd fd) {
    this.fd = fd;
    Arena arena = Arena.ofAuto();
    this.one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
    this.sink = arena.allocate(ValueLayout.JAVA_LONG);
  }

  /** A new one, not signalled. */
  public static Wakeup create() {
    int result = FileCalls.eventfd(0, Fd.O_CLOEXEC | Fd.O_NONBLOCK);
    return new Wakeup(Fd.own((int) KernelException.check(result, "eventfd")));
  }

  /** To be added to an {@link Epoll} for {@link Fd#POLLIN}. */
  public Fd fd() {
    return fd;
  }

  /** Makes the descriptor readable until the next {@link #clear}. Does nothing once closed. */
  public void signal() {
    if (fd.isOpen()) {
      // EAGAIN means that the counter is full, and so that the waiting thread is woken anyway.
      long result = fd.write(one);
      if (result < 0 && !Errno.EAGAIN.is(result)) {
        throw new KernelException("write eventfd", result);
      }
    }
  }

  /** Takes all signals so far: whether there was one. For the thread that waits. */
  public boolean clear() {
    return fd.read(sink) == Long.BYTES;
  }

  @Override
  public void close() {
    fd.close();
  }
}
