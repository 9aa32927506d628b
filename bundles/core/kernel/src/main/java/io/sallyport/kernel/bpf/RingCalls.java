/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sallyport.kernel.internal.Native;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * libbpf's functions on ring buffers. Results are as libbpf 1.0 gives them: a negated error number,
 * or NULL and errno.
 */
final class RingCalls {
  private static final MethodHandle NEW_RING =
      Libbpf.function(
          "ring_buffer__new", FunctionDescriptor.of(ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle POLL_RING =
      Libbpf.function("ring_buffer__poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CONSUME_RING =
      Libbpf.function("ring_buffer__consume", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle RING_FD =
      Libbpf.function("ring_buffer__epoll_fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle FREE_RING =
      Libbpf.function("ring_buffer__free", FunctionDescriptor.ofVoid(ADDRESS));

  private RingCalls() {}

  /** A reader of a ring buffer. */
  static MemorySegment newRing(
      int fd, MemorySegment callback, MemorySegment context, MemorySegment options) {
    try {
      return (MemorySegment) NEW_RING.invokeExact(Native.state(), fd, callback, context, options);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Waits, then consumes. */
  static int pollRing(MemorySegment ring, int millis) {
    try {
      return (int) POLL_RING.invokeExact(Native.state(), ring, millis);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Consumes what is there. */
  static int consumeRing(MemorySegment ring) {
    try {
      return (int) CONSUME_RING.invokeExact(Native.state(), ring);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** To wait for. */
  static int ringFd(MemorySegment ring) {
    try {
      return (int) RING_FD.invokeExact(Native.state(), ring);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Frees it. */
  static void freeRing(MemorySegment ring) {
    try {
      FREE_RING.invokeExact(Native.state(), ring);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
