/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.kernel.internal.Native;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * libbpf's functions on objects, programs and links. Results are as libbpf 1.0 gives them: a
 * negated error number, or NULL and errno.
 */
final class ObjectCalls {
  private static final MethodHandle OPEN_OBJECT =
      Libbpf.function(
          "bpf_object__open_mem", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
  private static final MethodHandle LOAD_OBJECT =
      Libbpf.function("bpf_object__load", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle CLOSE_OBJECT =
      Libbpf.function("bpf_object__close", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle FIND_MAP =
      Libbpf.function(
          "bpf_object__find_map_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle FIND_PROGRAM =
      Libbpf.function(
          "bpf_object__find_program_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle NEXT_PROGRAM =
      Libbpf.function("bpf_object__next_program", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle PROGRAM_NAME =
      Libbpf.function("bpf_program__name", FunctionDescriptor.of(ADDRESS, ADDRESS));
  private static final MethodHandle PROGRAM_FD =
      Libbpf.function("bpf_program__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle AUTOLOAD =
      Libbpf.function(
          "bpf_program__set_autoload", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle ATTACH =
      Libbpf.function("bpf_program__attach", FunctionDescriptor.of(ADDRESS, ADDRESS));
  private static final MethodHandle DESTROY_LINK =
      Libbpf.function("bpf_link__destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle PIN_LINK =
      Libbpf.function("bpf_link__pin", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  private ObjectCalls() {}

  /** Opens an object from memory; NULL on failure. */
  static MemorySegment openObject(MemorySegment bytes, long size, MemorySegment options) {
    try {
      return (MemorySegment) OPEN_OBJECT.invokeExact(Native.state(), bytes, size, options);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Loads its programs and maps. */
  static int loadObject(MemorySegment object) {
    try {
      return (int) LOAD_OBJECT.invokeExact(Native.state(), object);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Frees it. */
  static void closeObject(MemorySegment object) {
    try {
      CLOSE_OBJECT.invokeExact(Native.state(), object);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** A map, NULL if there is none. */
  static MemorySegment findMap(MemorySegment object, MemorySegment name) {
    try {
      return (MemorySegment) FIND_MAP.invokeExact(Native.state(), object, name);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** A program, NULL if there is none. */
  static MemorySegment findProgram(MemorySegment object, MemorySegment name) {
    try {
      return (MemorySegment) FIND_PROGRAM.invokeExact(Native.state(), object, name);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** The program after another, NULL behind the last. */
  static MemorySegment nextProgram(MemorySegment object, MemorySegment previous) {
    try {
      return (MemorySegment) NEXT_PROGRAM.invokeExact(Native.state(), object, previous);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Its name. */
  static MemorySegment programName(MemorySegment program) {
    try {
      return (MemorySegment) PROGRAM_NAME.invokeExact(Native.state(), program);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Its descriptor, once loaded. */
  static int programFd(MemorySegment program) {
    try {
      return (int) PROGRAM_FD.invokeExact(Native.state(), program);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Whether it is loaded with the object. */
  static int autoload(MemorySegment program, int on) {
    try {
      return (int) AUTOLOAD.invokeExact(Native.state(), program, on);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Attaches it by its section; NULL on failure. */
  static MemorySegment attach(MemorySegment program) {
    try {
      return (MemorySegment) ATTACH.invokeExact(Native.state(), program);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Detaches. */
  static int destroyLink(MemorySegment link) {
    try {
      return (int) DESTROY_LINK.invokeExact(Native.state(), link);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Pins. */
  static int pinLink(MemorySegment link, MemorySegment path) {
    try {
      return (int) PIN_LINK.invokeExact(Native.state(), link, path);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
