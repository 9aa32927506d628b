/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/** Calls on processes and namespaces. A result below zero is a negated error number. */
public final class ProcessCalls {
  private static final MethodHandle SETNS =
      Native.function("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle UNSHARE =
      Native.function("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle KILL =
      Native.function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SYSCALL =
      Native.variadic(
          "syscall",
          1,
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

  private ProcessCalls() {}

  /** setns(2), of the calling thread. */
  public static int setns(int fd, int type) {
    try {
      return Native.result((int) SETNS.invokeExact(Native.state(), fd, type));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** unshare(2), of the calling thread. */
  public static int unshare(int flags) {
    try {
      return Native.result((int) UNSHARE.invokeExact(Native.state(), flags));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** kill(2). */
  public static int kill(int pid, int signal) {
    try {
      return Native.result((int) KILL.invokeExact(Native.state(), pid, signal));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** syscall(2), for calls that older C libraries do not wrap. */
  public static long syscall(long number, long first, long second, long third, long fourth) {
    try {
      return Native.result(
          (long) SYSCALL.invokeExact(Native.state(), number, first, second, third, fourth));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
