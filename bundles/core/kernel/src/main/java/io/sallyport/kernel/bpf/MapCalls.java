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
 * libbpf's functions on maps. Results are as libbpf 1.0 gives them: a negated error number, or NULL
 * and errno.
 */
final class MapCalls {
  private static final MethodHandle MAP_FD =
      Libbpf.function("bpf_map__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle MAP_TYPE =
      Libbpf.function("bpf_map__type", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle KEY_SIZE =
      Libbpf.function("bpf_map__key_size", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle VALUE_SIZE =
      Libbpf.function("bpf_map__value_size", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle MAX_ENTRIES =
      Libbpf.function("bpf_map__max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle SET_MAX_ENTRIES =
      Libbpf.function(
          "bpf_map__set_max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle REUSE_FD =
      Libbpf.function("bpf_map__reuse_fd", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle INITIAL_VALUE =
      Libbpf.function("bpf_map__initial_value", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle PIN_MAP =
      Libbpf.function("bpf_map__pin", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle OPEN_PINNED =
      Libbpf.function("bpf_obj_get", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle LOOKUP =
      Libbpf.function(
          "bpf_map_lookup_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle UPDATE =
      Libbpf.function(
          "bpf_map_update_elem",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle DELETE =
      Libbpf.function("bpf_map_delete_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle NEXT_KEY =
      Libbpf.function(
          "bpf_map_get_next_key", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle LOOKUP_BATCH =
      Libbpf.function(
          "bpf_map_lookup_batch",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle POSSIBLE_CPUS =
      Libbpf.function("libbpf_num_possible_cpus", FunctionDescriptor.of(JAVA_INT));

  private MapCalls() {}

  /** Its descriptor, once loaded. */
  static int mapFd(MemorySegment map) {
    try {
      return (int) MAP_FD.invokeExact(Native.state(), map);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** enum bpf_map_type. */
  static int mapType(MemorySegment map) {
    try {
      return (int) MAP_TYPE.invokeExact(Native.state(), map);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Bytes of a key. */
  static int keySize(MemorySegment map) {
    try {
      return (int) KEY_SIZE.invokeExact(Native.state(), map);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Bytes of a value. */
  static int valueSize(MemorySegment map) {
    try {
      return (int) VALUE_SIZE.invokeExact(Native.state(), map);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Room. */
  static int maxEntries(MemorySegment map) {
    try {
      return (int) MAX_ENTRIES.invokeExact(Native.state(), map);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Before loading. */
  static int setMaxEntries(MemorySegment map, int entries) {
    try {
      return (int) SET_MAX_ENTRIES.invokeExact(Native.state(), map, entries);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Before loading; the descriptor is duplicated. */
  static int reuseFd(MemorySegment map, int fd) {
    try {
      return (int) REUSE_FD.invokeExact(Native.state(), map, fd);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** The bytes of a data section. */
  static MemorySegment initialValue(MemorySegment map, MemorySegment size) {
    try {
      return (MemorySegment) INITIAL_VALUE.invokeExact(Native.state(), map, size);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Pins. */
  static int pinMap(MemorySegment map, MemorySegment path) {
    try {
      return (int) PIN_MAP.invokeExact(Native.state(), map, path);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** A descriptor of something pinned. */
  static int openPinned(MemorySegment path) {
    try {
      return (int) OPEN_PINNED.invokeExact(Native.state(), path);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Reads an entry. */
  static int lookup(int fd, MemorySegment key, MemorySegment value) {
    try {
      return (int) LOOKUP.invokeExact(Native.state(), fd, key, value);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Writes an entry. */
  static int update(int fd, MemorySegment key, MemorySegment value, long flags) {
    try {
      return (int) UPDATE.invokeExact(Native.state(), fd, key, value, flags);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Removes an entry. */
  static int delete(int fd, MemorySegment key) {
    try {
      return (int) DELETE.invokeExact(Native.state(), fd, key);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** The key after another. */
  static int nextKey(int fd, MemorySegment key, MemorySegment next) {
    try {
      return (int) NEXT_KEY.invokeExact(Native.state(), fd, key, next);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** Reads many entries. */
  static int lookupBatch(
      int fd,
      MemorySegment in,
      MemorySegment out,
      MemorySegment keys,
      MemorySegment values,
      MemorySegment count,
      MemorySegment options) {
    try {
      return (int)
          LOOKUP_BATCH.invokeExact(Native.state(), fd, in, out, keys, values, count, options);
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  /** How many values a per-CPU entry has. */
  static int possibleCpus() {
    try {
      return (int) POSSIBLE_CPUS.invokeExact(Native.state());
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
