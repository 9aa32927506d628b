/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Makes callable handles of native functions and keeps the error number of each thread's last call.
 *
 * <p>Every handle takes {@link #state()} as its first argument. That segment belongs to the calling
 * thread, so a call allocates nothing and no thread sees another one's error.
 */
@SuppressWarnings("restricted")
public final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBC = LINKER.defaultLookup();
  private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      STATE_LAYOUT.byteOffset(PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE_LAYOUT));

  private Native() {}

  /** A function of the C library. */
  public static MethodHandle function(String name, FunctionDescriptor type) {
    return function(LIBC, name, type);
  }

  /** A function of any library. */
  public static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(address(library, name), type, CAPTURE);
  }

  /** A variadic function of the C library, of which the first {@code fixed} arguments are named. */
  public static MethodHandle variadic(String name, int fixed, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        address(LIBC, name), type, CAPTURE, Linker.Option.firstVariadicArg(fixed));
  }

  /** A function pointer that native code can call, for as long as {@code arena} lives. */
  public static MemorySegment upcall(MethodHandle target, FunctionDescriptor type, Arena arena) {
    return LINKER.upcallStub(target, type, arena);
  }

  /** A shared library, loaded for the life of the process; IllegalArgumentException if absent. */
  public static SymbolLookup library(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  /** The memory of {@code size} bytes that native code pointed at, to be used while arena lives. */
  public static MemorySegment memory(MemorySegment pointer, long size, Arena arena) {
    return pointer.reinterpret(size, arena, null);
  }

  /** The text that native code pointed at, of at most {@code limit} bytes. */
  public static String text(MemorySegment pointer, int limit) {
    MemorySegment bytes = pointer.reinterpret(limit);
    int length = 0;
    while (length < limit && bytes.get(ValueLayout.JAVA_BYTE, length) != 0) {
      length++;
    }
    byte[] copy = bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(copy, StandardCharsets.UTF_8);
  }

  /** Where this thread's calls leave their error number. */
  public static MemorySegment state() {
    return STATE.get();
  }

  /** The error number of this thread's last failed call. */
  public static int errno() {
    return STATE.get().get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
  }

  static int result(int value) {
    return value < 0 ? -errno() : value;
  }

  static long result(long value) {
    return value < 0 ? -errno() : value;
  }

  /** Passes on what a handle threw: wrong use (closed or heap memory) or an error of the JVM. */
  public static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("a native call threw", thrown);
  }

  private static MemorySegment address(SymbolLookup library, String name) {
    return library
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("no function " + name + " in the library"));
  }
}
