/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sallyport.kernel.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads all entries of a hash map, one batch a call. For one thread; allocates nothing after
 * construction. Entries that come and go meanwhile may be seen or not, as the kernel does it.
 */
public final class BpfMapReader {
  private static final long TOKEN_SIZE = 8;

  private final BpfMap map;
  private final int batch;
  private final int keySize;
  private final int valueSize;
  private final MemorySegment keys;
  private final MemorySegment values;
  private final MemorySegment token;
  private final MemorySegment count;
  private boolean begun;
  private boolean finished;

  BpfMapReader(BpfMap map, int batch) {
    Arena arena = Arena.ofAuto();
    this.map = map;
    this.batch = batch;
    this.keySize = map.keySize();
    this.valueSize = map.valueSize();
    this.keys = arena.allocate((long) keySize * batch, Long.BYTES);
    this.values = arena.allocate((long) valueSize * batch, Long.BYTES);
    this.token = arena.allocate(Math.max(TOKEN_SIZE, keySize), Long.BYTES);
    this.count = arena.allocate(JAVA_INT);
  }

  /** Goes back to the beginning. */
  public void rewind() {
    begun = false;
    finished = false;
  }

  /** Reads the next entries: how many; 0 when all have been read. */
  public int next() {
    if (finished) {
      return 0;
    }
    count.set(JAVA_INT, 0, batch);
    int result =
        MapCalls.lookupBatch(
            map.fd(),
            begun ? token : MemorySegment.NULL,
            token,
            keys,
            values,
            count,
            MemorySegment.NULL);
    begun = true;
    finished = Errno.ENOENT.is(result);
    if (result < 0 && !finished) {
      String advice =
          Errno.ENOSPC.is(result) ? "a bucket has more entries than the batch; take a larger" : "";
      throw new BpfException("read map " + map.name(), result, advice);
    }
    return count.get(JAVA_INT, 0);
  }

  /** The keys of the last batch; entry {@code i} begins at {@code i} times the key's size. */
  public MemorySegment keys() {
    return keys;
  }

  /** The values of the last batch; entry {@code i} begins at {@code i} times the value's size. */
  public MemorySegment values() {
    return values;
  }

  /** Bytes of a key. */
  public int keySize() {
    return keySize;
  }

  /** Bytes of a value. */
  public int valueSize() {
    return valueSize;
  }
}
