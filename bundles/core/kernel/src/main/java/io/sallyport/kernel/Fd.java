/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sallyport.kernel.internal.FileCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The owner of one file descriptor. It closes the descriptor once, however often {@link #close} is
 * called and from whatever thread; so a number that the kernel has given out again is never closed.
 *
 * <p>Reading, writing and waiting are for one thread at a time. Close a descriptor from the thread
 * that uses it, or after that thread has stopped: a number taken just before the close may mean
 * another file by the time the call is made.
 */
public final class Fd implements AutoCloseable {
  /** Read only; asm-generic/fcntl.h. */
  public static final int O_RDONLY = 0;

  /** Read and write. */
  public static final int O_RDWR = 2;

  /** Do not wait. */
  public static final int O_NONBLOCK = 0x800;

  /** Not inherited by a new program. */
  public static final int O_CLOEXEC = 0x80000;

  /** There is something to read; asm-generic/poll.h, and the same in epoll. */
  public static final int POLLIN = 1;

  /** There is room to write. */
  public static final int POLLOUT = 4;

  /** An error is pending. */
  public static final int POLLERR = 8;

  /** The other end is gone. */
  public static final int POLLHUP = 0x10;

  private static final int F_DUPFD_CLOEXEC = 1030; // uapi/linux/fcntl.h
  private static final int CLOSED = -1;
  // struct pollfd: int fd; short events; short revents
  private static final long POLLFD_SIZE = 8;
  private static final long POLLFD_EVENTS = 4;
  private static final long POLLFD_REVENTS = 6;

  private final AtomicInteger number;

  private Fd(int number) {
    this.number = new AtomicInteger(number);
  }

  /** Takes over an open descriptor: from now on nobody else may close it. */
  public static Fd own(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("not a file descriptor: " + number);
    }
    return new Fd(number);
  }

  /** A second descriptor of what {@code number}, which has another owner, means. */
  public static Fd duplicate(int number) {
    int result = FileCalls.fcntl(number, F_DUPFD_CLOEXEC, 0);
    return new Fd(KernelException.check(result, "duplicate fd", number));
  }

  /** Opens a file that exists. {@link #O_CLOEXEC} is added to the flags. */
  public static Fd open(Path path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      int result = FileCalls.open(arena.allocateFrom(path.toString()), flags | O_CLOEXEC);
      return new Fd(KernelException.check(result, "open", path));
    }
  }

  /** The number, for a system call; EBADF if it has been closed. */
  public int number() {
    int open = number.get();
    if (open == CLOSED) {
      throw new KernelException("use of a closed file descriptor", Errno.EBADF.code());
    }
    return open;
  }

  /** Whether it has not been closed. */
  public boolean isOpen() {
    return number.get() != CLOSED;
  }

  /** Reads at most the buffer's size: bytes read, 0 at the end, or a negated error number. */
  public long read(MemorySegment buffer) {
    return FileCalls.read(number(), buffer, buffer.byteSize());
  }

  /** Writes the buffer: bytes written, or a negated error number. */
  public long write(MemorySegment buffer) {
    return FileCalls.write(number(), buffer, buffer.byteSize());
  }

  /**
   * Waits for events.
   *
   * @param events {@link #POLLIN}, {@link #POLLOUT}
   * @param millis how long to wait; below zero for ever
   * @return the events that are there, 0 after the time or on a signal
   */
  public int poll(int events, int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment descriptor = arena.allocate(POLLFD_SIZE, Integer.BYTES);
      descriptor.set(JAVA_INT, 0, number());
      descriptor.set(JAVA_SHORT, POLLFD_EVENTS, (short) events);
      int result = FileCalls.poll(descriptor, 1, millis);
      if (Errno.EINTR.is(result)) {
        return 0;
      }
      KernelException.check(result, "poll");
      return descriptor.get(JAVA_SHORT, POLLFD_REVENTS);
    }
  }

  /** Closes it. Further calls do nothing. */
  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      // An error here (EIO of a file) comes after the number is gone: there is nothing to repeat.
      FileCalls.close(open);
    }
  }

  @Override
  public String toString() {
    return "fd " + number.get();
  }
}
