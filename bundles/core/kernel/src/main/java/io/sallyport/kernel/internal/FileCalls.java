/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls on files and descriptors. A result below zero is a negated error number. */
public final class FileCalls {
  private static final MethodHandle OPEN =
      Native.variadic("open", 2, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle READ =
      Native.function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      Native.function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle CLOSE =
      Native.function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle POLL =
      Native.function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle EVENTFD =
      Native.function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final MethodHandle FCNTL =
      Native.variadic("fcntl", 2, FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

  private FileCalls() {}

  /** open(2) without a mode: creates nothing. */
  public static int open(MemorySegment path, int flags) {
    try {
      return Native.result((int) OPEN.invokeExact(Native.state(), path, flags));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** read(2). */
  public static long read(int fd, MemorySegment buffer, long count) {
    try {
      return Native.result((long) READ.invokeExact(Native.state(), fd, buffer, count));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** write(2). */
  public static long write(int fd, MemorySegment buffer, long count) {
    try {
      return Native.result((long) WRITE.invokeExact(Native.state(), fd, buffer, count));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** close(2). */
  public static int close(int fd) {
    try {
      return Native.result((int) CLOSE.invokeExact(Native.state(), fd));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** poll(2). */
  public static int poll(MemorySegment descriptors, long count, int millis) {
    try {
      return Native.result((int) POLL.invokeExact(Native.state(), descriptors, count, millis));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** eventfd(2). */
  public static int eventfd(int initial, int flags) {
    try {
      return Native.result((int) EVENTFD.invokeExact(Native.state(), initial, flags));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** fcntl(2), of the commands that take a number. */
  public static int fcntl(int fd, int command, int argument) {
    try {
      return Native.result((int) FCNTL.invokeExact(Native.state(), fd, command, argument));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
