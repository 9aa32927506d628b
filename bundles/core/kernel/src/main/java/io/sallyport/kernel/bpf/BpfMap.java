/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.Fd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A loaded map. Reading and writing entries is for any thread, allocates nothing, and fails with a
 * negated error number instead of throwing. Keys and values are native memory of the sizes below.
 */
public final class BpfMap {
  /** Write whether or not there is an entry; uapi/linux/bpf.h. */
  public static final long BPF_ANY = 0;

  /** Write only a new entry. */
  public static final long BPF_NOEXIST = 1;

  /** Write only over an entry. */
  public static final long BPF_EXIST = 2;

  private static final int PERCPU_HASH = 5;
  private static final int PERCPU_ARRAY = 6;
  private static final int LRU_PERCPU_HASH = 10;
  private static final int PERCPU_ALIGNMENT = 8;

  private final String name;
  private final MemorySegment map;
  private final int fd;

  BpfMap(String name, MemorySegment map) {
    this.name = name;
    this.map = map;
    this.fd = MapCalls.mapFd(map);
    if (fd < 0) {
      throw new BpfException("map " + name, fd, "it is not loaded");
    }
  }

  /** Opens a map that has been pinned, to {@link BpfObject#reuse} it. ENOENT if there is none. */
  public static Fd openPinned(Path path) {
    Libbpf.require();
    try (Arena arena = Arena.ofConfined()) {
      int result = MapCalls.openPinned(arena.allocateFrom(path.toString()));
      if (result < 0) {
        throw new BpfException("open pinned " + path, result, "");
      }
      return Fd.own(result);
    }
  }

  /** The map's name. */
  public String name() {
    return name;
  }

  /** A descriptor of the map, to {@link BpfObject#reuse} it in another object; close it then. */
  public Fd share() {
    return Fd.duplicate(fd);
  }

  int fd() {
    return fd;
  }

  /** Bytes of a key. */
  public int keySize() {
    return MapCalls.keySize(map);
  }

  /** Bytes of a value as this side sees it: of all CPUs, each rounded up to 8, in a per-CPU map. */
  public int valueSize() {
    int size = MapCalls.valueSize(map);
    return switch (MapCalls.mapType(map)) {
      case PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH ->
          Math.ceilDiv(size, PERCPU_ALIGNMENT) * PERCPU_ALIGNMENT * MapCalls.possibleCpus();
      default -> size;
    };
  }

  /** How many entries there is room for. */
  public int capacity() {
    return MapCalls.maxEntries(map);
  }

  /** Reads an entry: whether there is one. */
  public boolean lookup(MemorySegment key, MemorySegment value) {
    int result = MapCalls.lookup(fd, key, value);
    if (result < 0 && !Errno.ENOENT.is(result)) {
      throw new BpfException("look up in map " + name, result, "");
    }
    return result >= 0;
  }

  /** Writes an entry: 0, or a negated error number (E2BIG or ENOMEM: the map is full). */
  public int update(MemorySegment key, MemorySegment value, long flags) {
    return MapCalls.update(fd, key, value, flags);
  }

  /** Removes an entry: whether there was one. */
  public boolean delete(MemorySegment key) {
    int result = MapCalls.delete(fd, key);
    if (result < 0 && !Errno.ENOENT.is(result)) {
      throw new BpfException("delete from map " + name, result, "");
    }
    return result >= 0;
  }

  /**
   * The key after another, in no order.
   *
   * @param key the last key, or {@link MemorySegment#NULL} to begin
   * @param next filled with the next
   * @return false behind the last
   */
  public boolean nextKey(MemorySegment key, MemorySegment next) {
    int result = MapCalls.nextKey(fd, key, next);
    if (result < 0 && !Errno.ENOENT.is(result)) {
      throw new BpfException("next key of map " + name, result, "");
    }
    return result >= 0;
  }

  /** A reader of all entries, many at a time (hash maps; Linux 5.6). */
  public BpfMapReader reader(int batch) {
    return new BpfMapReader(this, batch);
  }

  /** Keeps the map beyond this process, until the file is removed. The path is in a bpffs. */
  public void pin(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(path.toString());
      StringBuilder log = new StringBuilder();
      int result = Libbpf.logged(log, () -> MapCalls.pinMap(map, text));
      if (result < 0) {
        throw new BpfException("pin map " + name + " at " + path, result, log.toString());
      }
    }
  }
}
