/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The events that one {@link Epoll#await} gave, for the one thread that waits with it. */
public final class EpollEvents {
  // struct epoll_event { u32 events; u64 data }, uapi/linux/eventpoll.h: packed on x86_64 only.
  private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
  private static final long DATA = PACKED ? 4 : 8;
  private static final long SIZE = DATA + Long.BYTES;

  private final MemorySegment memory;
  private final int capacity;

  /**
   * Room for events.
   *
   * @param capacity how many one wait delivers at most; the others come with the next
   */
  public EpollEvents(int capacity) {
    this.capacity = capacity;
    this.memory = Arena.ofAuto().allocate(SIZE * capacity, Long.BYTES);
  }

  /** How many events one wait delivers at most. */
  public int capacity() {
    return capacity;
  }

  /** The data given when the descriptor of event {@code index} was added. */
  public long data(int index) {
    return memory.get(JAVA_LONG_UNALIGNED, SIZE * index + DATA);
  }

  /** What happened: {@link Fd#POLLIN} and its like. */
  public int events(int index) {
    return memory.get(JAVA_INT_UNALIGNED, SIZE * index);
  }

  MemorySegment memory() {
    return memory;
  }

  static MemorySegment event(Arena arena, int events, long data) {
    MemorySegment event = arena.allocate(SIZE, Long.BYTES);
    event.set(JAVA_INT_UNALIGNED, 0, events);
    event.set(JAVA_LONG_UNALIGNED, DATA, data);
    return event;
  }
}
