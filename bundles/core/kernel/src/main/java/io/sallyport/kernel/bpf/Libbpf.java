/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.kernel.internal.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The library itself, loaded when it is first needed, and the text that it writes. */
public final class Libbpf {
  private static final String NAME = "libbpf.so.1";
  private static final int DEBUG = 2; // enum libbpf_print_level, bpf/libbpf.h
  private static final int MAX_LINE = 65536;
  private static final int MAX_LOG = 1 << 20;

  // va_list is a pointer to callee's memory in both calling conventions that we run on: an array on
  // x86_64, and on aarch64 a structure too large to be passed otherwise.
  private static final MethodHandle VSNPRINTF =
      Native.function(
          "vsnprintf", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
  private static final ThreadLocal<@Nullable StringBuilder> LOG = new ThreadLocal<>();

  private Libbpf() {}

  /** The library once it is loaded, or why it is not. */
  private static final class Library {
    static final @Nullable SymbolLookup SYMBOLS;
    static final @Nullable Throwable CAUSE;

    static {
      SymbolLookup symbols = null;
      Throwable cause = null;
      try {
        symbols = Native.library(NAME);
        redirectLog(symbols);
      } catch (IllegalArgumentException | UnsatisfiedLinkError e) {
        cause = e;
      }
      SYMBOLS = symbols;
      CAUSE = cause;
    }
  }

  /** Loads the library, for those who only want to know whether it is there. */
  public static void require() {
    symbols();
  }

  static MethodHandle function(String name, FunctionDescriptor type) {
    return Native.function(symbols(), name, type);
  }

  /**
   * Runs something that may make libbpf write, and keeps what it writes on this thread.
   *
   * @param log filled with the text
   */
  static <T> T logged(StringBuilder log, Supplier<T> call) {
    StringBuilder outer = LOG.get();
    LOG.set(log);
    try {
      return call.get();
    } finally {
      LOG.set(outer);
    }
  }

  private static SymbolLookup symbols() {
    SymbolLookup symbols = Library.SYMBOLS;
    if (symbols == null) {
      throw new BpfUnavailableException(
          "no "
              + NAME
              + " on this host, so BPF programs cannot be loaded; install libbpf 1.0 or later"
              + " (Debian: libbpf1)",
          Library.CAUSE);
    }
    return symbols;
  }

  private static void redirectLog(SymbolLookup symbols) {
    try {
      MethodHandle target =
          MethodHandles.lookup()
              .findStatic(
                  Libbpf.class,
                  "print",
                  MethodType.methodType(
                      int.class, int.class, MemorySegment.class, MemorySegment.class));
      MemorySegment callback =
          Native.upcall(
              target, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS), Arena.global());
      MethodHandle setPrint =
          Native.function(symbols, "libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
      MemorySegment former = (MemorySegment) setPrint.invokeExact(Native.state(), callback);
      assert former != null;
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Called by libbpf; nothing may be thrown into it. */
  @SuppressWarnings("UnusedMethod") // found by name above
  private static int print(int level, MemorySegment format, MemorySegment arguments) {
    StringBuilder log = LOG.get();
    if (log == null || level >= DEBUG || log.length() >= MAX_LOG) {
      return 0;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment line = arena.allocate(MAX_LINE);
      int length =
          (int) VSNPRINTF.invokeExact(Native.state(), line, (long) MAX_LINE, format, arguments);
      log.append(line.getString(0));
      return length;
    } catch (Throwable t) {
      log.append("(a line of libbpf was lost: ").append(t).append(")\n");
      return 0;
    }
  }
}
