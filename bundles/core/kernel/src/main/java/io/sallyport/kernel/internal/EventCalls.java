/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls of epoll and inotify. A result below zero is a negated error number. */
public final class EventCalls {
  private static final MethodHandle EPOLL_CREATE1 =
      Native.function("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      Native.function(
          "epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EPOLL_WAIT =
      Native.function(
          "epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
  private static final MethodHandle INOTIFY_INIT1 =
      Native.function("inotify_init1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle INOTIFY_ADD_WATCH =
      Native.function(
          "inotify_add_watch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle INOTIFY_RM_WATCH =
      Native.function("inotify_rm_watch", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private EventCalls() {}

  /** epoll_create1(2). */
  public static int epollCreate1(int flags) {
    try {
      return Native.result((int) EPOLL_CREATE1.invokeExact(Native.state(), flags));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** epoll_ctl(2). */
  public static int epollCtl(int epoll, int operation, int fd, MemorySegment event) {
    try {
      return Native.result(
          (int) EPOLL_CTL.invokeExact(Native.state(), epoll, operation, fd, event));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** epoll_wait(2). */
  public static int epollWait(int epoll, MemorySegment events, int count, int millis) {
    try {
      return Native.result(
          (int) EPOLL_WAIT.invokeExact(Native.state(), epoll, events, count, millis));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** inotify_init1(2). */
  public static int inotifyInit1(int flags) {
    try {
      return Native.result((int) INOTIFY_INIT1.invokeExact(Native.state(), flags));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** inotify_add_watch(2). */
  public static int inotifyAddWatch(int fd, MemorySegment path, int mask) {
    try {
      return Native.result((int) INOTIFY_ADD_WATCH.invokeExact(Native.state(), fd, path, mask));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** inotify_rm_watch(2). */
  public static int inotifyRmWatch(int fd, int watch) {
    try {
      return Native.result((int) INOTIFY_RM_WATCH.invokeExact(Native.state(), fd, watch));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
