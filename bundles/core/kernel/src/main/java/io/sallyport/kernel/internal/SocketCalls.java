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

/** Calls on sockets. A result below zero is a negated error number. */
public final class SocketCalls {
  private static final MethodHandle SOCKET =
      Native.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      Native.function("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SET_OPTION =
      Native.function(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GET_OPTION =
      Native.function(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle RECVFROM =
      Native.function(
          "recvfrom",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle RECVMMSG =
      Native.function(
          "recvmmsg",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SENDTO =
      Native.function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle INTERFACE_INDEX =
      Native.function("if_nametoindex", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  private SocketCalls() {}

  /** socket(2). */
  public static int socket(int domain, int type, int protocol) {
    try {
      return Native.result((int) SOCKET.invokeExact(Native.state(), domain, type, protocol));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** bind(2). */
  public static int bind(int fd, MemorySegment address, int length) {
    try {
      return Native.result((int) BIND.invokeExact(Native.state(), fd, address, length));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** setsockopt(2). */
  public static int setOption(int fd, int level, int name, MemorySegment value, int length) {
    try {
      return Native.result(
          (int) SET_OPTION.invokeExact(Native.state(), fd, level, name, value, length));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** getsockopt(2). */
  public static int getOption(
      int fd, int level, int name, MemorySegment value, MemorySegment length) {
    try {
      return Native.result(
          (int) GET_OPTION.invokeExact(Native.state(), fd, level, name, value, length));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** recvfrom(2). */
  public static long recvfrom(
      int fd,
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      MemorySegment addressLength) {
    try {
      return Native.result(
          (long)
              RECVFROM.invokeExact(
                  Native.state(), fd, buffer, length, flags, address, addressLength));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** recvmmsg(2). */
  public static int recvmmsg(
      int fd, MemorySegment messages, int count, int flags, MemorySegment timeout) {
    try {
      return Native.result(
          (int) RECVMMSG.invokeExact(Native.state(), fd, messages, count, flags, timeout));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** sendto(2). */
  public static long sendto(
      int fd,
      MemorySegment buffer,
      long length,
      int flags,
      MemorySegment address,
      int addressLength) {
    try {
      return Native.result(
          (long)
              SENDTO.invokeExact(
                  Native.state(), fd, buffer, length, flags, address, addressLength));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** if_nametoindex(3): 0 if there is none. */
  public static int interfaceIndex(MemorySegment name) {
    try {
      return Native.result((int) INTERFACE_INDEX.invokeExact(Native.state(), name));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
