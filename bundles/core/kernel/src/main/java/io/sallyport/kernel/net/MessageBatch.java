/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Room for many messages of one receive (recvmmsg), reused by each. For one thread at a time;
 * nothing is allocated after construction. A message lies in {@link #memory()}, {@link #length}
 * bytes from {@link #offset} on.
 */
public final class MessageBatch {
  // struct mmsghdr { struct msghdr { void *name; u32 namelen; struct iovec *iov; u64 iovlen;
  //   void *control; u64 controllen; int flags }; u32 len }, linux/socket.h, 64-bit
  private static final long HEADER_SIZE = 64;
  private static final long NAME_LENGTH = 8;
  private static final long IOV = 16;
  private static final long IOV_COUNT = 24;
  private static final long FLAGS = 48;
  private static final long LENGTH = 56;
  private static final long IOV_SIZE = 16;
  private static final int ADDRESS_ROOM = 32;

  private final int capacity;
  private final int slot;
  private final MemorySegment headers;
  private final MemorySegment addresses;
  private final MemorySegment memory;

  /**
   * Room for messages.
   *
   * @param capacity how many one receive takes at most
   * @param slot bytes for each; a longer one is cut, and {@link #truncated} says so
   */
  public MessageBatch(int capacity, int slot) {
    Arena arena = Arena.ofAuto();
    this.capacity = capacity;
    this.slot = slot;
    this.headers = arena.allocate(HEADER_SIZE * capacity, Long.BYTES);
    this.addresses = arena.allocate((long) ADDRESS_ROOM * capacity, Long.BYTES);
    this.memory = arena.allocate((long) slot * capacity, 64);
    // The headers point here by bare address; the arena, and so this, lives as long as they do.
    MemorySegment vectors = arena.allocate(IOV_SIZE * capacity, Long.BYTES);
    for (int i = 0; i < capacity; i++) {
      vectors.set(JAVA_LONG, IOV_SIZE * i, memory.address() + offset(i));
      vectors.set(JAVA_LONG, IOV_SIZE * i + Long.BYTES, slot);
      long header = HEADER_SIZE * i;
      headers.set(JAVA_LONG, header, addresses.address() + addressOffset(i));
      headers.set(JAVA_LONG, header + IOV, vectors.address() + IOV_SIZE * i);
      headers.set(JAVA_LONG, header + IOV_COUNT, 1);
    }
  }

  /** How many messages one receive takes at most. */
  public int capacity() {
    return capacity;
  }

  /** The memory of all messages. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where message {@code index} begins. */
  public long offset(int index) {
    return (long) slot * index;
  }

  /** The bytes of message {@code index}, never more than the room for one. */
  public int length(int index) {
    return Math.min(slot, headers.get(JAVA_INT, HEADER_SIZE * index + LENGTH));
  }

  /** Whether message {@code index} was longer than the room for it. */
  public boolean truncated(int index) {
    return (headers.get(JAVA_INT, HEADER_SIZE * index + FLAGS) & NativeSocket.MSG_TRUNC) != 0;
  }

  /** The senders' addresses. */
  public MemorySegment addresses() {
    return addresses;
  }

  /** Where the sender's address of message {@code index} begins. */
  public long addressOffset(int index) {
    return (long) ADDRESS_ROOM * index;
  }

  MemorySegment prepared() {
    for (int i = 0; i < capacity; i++) {
      headers.set(JAVA_INT, HEADER_SIZE * i + NAME_LENGTH, ADDRESS_ROOM);
    }
    return headers;
  }
}
