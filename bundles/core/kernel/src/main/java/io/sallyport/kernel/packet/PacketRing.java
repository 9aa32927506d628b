/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sallyport.kernel.CursorRevokedException;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.internal.MemoryCalls;
import io.sallyport.kernel.internal.Native;
import io.sallyport.kernel.net.NativeSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The packets of a network namespace in memory that the kernel fills and we read in place
 * (TPACKET_V3). It is read through a {@link RingCursor}; {@link #takeOver} gives one, and revokes
 * the one before: so another thread goes on after the packet at which a thread got stuck.
 *
 * <p>After {@link #close} every access to the memory throws IllegalStateException, in whatever
 * thread; it never touches memory that is gone.
 */
public final class PacketRing implements AutoCloseable {
  // uapi/linux/if_packet.h
  private static final int SOL_PACKET = 263;
  private static final int PACKET_RX_RING = 5;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_VERSION = 10;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int TPACKET_V3 = 2;
  // struct tpacket_req3: block_size, block_nr, frame_size, frame_nr, retire_blk_tov, sizeof_priv,
  // feature_req_word, each u32. In version 3 the frame size limits nothing; it must divide a block.
  private static final long REQUEST_SIZE = 28;
  private static final int FRAME = 2048;
  // struct tpacket_stats_v3: packets, drops, freeze_q_cnt
  private static final long STATISTICS_SIZE = 12;
  // struct sockaddr_ll: u16 family, be16 protocol, int ifindex, ...
  private static final long ADDRESS_SIZE = 20;
  private static final int ETH_P_ALL = 3; // uapi/linux/if_ether.h

  private final NativeSocket socket;
  private final Arena arena;
  private final MemorySegment memory;
  private final RingSpec spec;
  private RingStatistics statistics = new RingStatistics(0, 0, 0);
  private RingCursor cursor;

  private PacketRing(NativeSocket socket, Arena arena, MemorySegment memory, RingSpec spec) {
    this.socket = socket;
    this.arena = arena;
    this.memory = memory;
    this.spec = spec;
    this.cursor = new RingCursor(memory, spec.blockSize(), spec.blockCount());
  }

  /** Opens a ring in the network namespace of this thread; needs CAP_NET_RAW. */
  public static PacketRing open(RingSpec spec) {
    // Protocol 0 receives nothing; only bind() turns it on, when ring and filter are in place.
    NativeSocket socket = NativeSocket.open(NativeSocket.AF_PACKET, NativeSocket.SOCK_RAW, 0);
    Arena arena = Arena.ofShared();
    try {
      configure(socket, spec);
      MemorySegment memory = MemoryCalls.map(socket.fd().number(), spec.bytes(), arena);
      if (memory == null) {
        throw new KernelException("mmap of a packet ring", Native.errno());
      }
      bind(socket, spec.interfaceIndex());
      return new PacketRing(socket, arena, memory, spec);
    } catch (RuntimeException e) {
      socket.close();
      arena.close();
      throw e;
    }
  }

  /** To wait for: readable when a block is ready. */
  public Fd fd() {
    return socket.fd();
  }

  /** What the ring was opened with. */
  public RingSpec spec() {
    return spec;
  }

  /** The ring's memory, in which a cursor's offsets lie. */
  public MemorySegment memory() {
    return memory;
  }

  /**
   * Makes the calling code the reader: the next packet is the one after the last that was given
   * out, to whomever. The former cursor throws {@link CursorRevokedException} from now on.
   */
  public synchronized RingCursor takeOver() {
    cursor = cursor.revoke();
    return cursor;
  }

  /** The kernel's counters since the ring was opened. */
  public synchronized RingStatistics statistics() {
    if (socket.fd().isOpen()) {
      try (Arena scratch = Arena.ofConfined()) {
        MemorySegment counters = scratch.allocate(STATISTICS_SIZE, Integer.BYTES);
        socket.readOption(SOL_PACKET, PACKET_STATISTICS, counters);
        // Reading sets the kernel's counters back to zero, so the sum is kept here.
        statistics =
            statistics.plus(
                counters.get(JAVA_INT, 0), counters.get(JAVA_INT, 4), counters.get(JAVA_INT, 8));
      }
    }
    return statistics;
  }

  /**
   * Stops the capture and unmaps the memory. If native code is reading the memory at this moment it
   * stays mapped, and {@link #isMapped} says so; a later call tries again.
   */
  @Override
  public synchronized void close() {
    if (socket.fd().isOpen()) {
      statistics();
      socket.close();
    }
    if (arena.scope().isAlive()) {
      try {
        arena.close();
      } catch (IllegalStateException e) {
        // Acquired by a native call: unmapping now would take the memory from under it.
        return;
      }
    }
  }

  /** Whether the memory is still there. */
  public boolean isMapped() {
    return arena.scope().isAlive();
  }

  private static void configure(NativeSocket socket, RingSpec spec) {
    socket.option(SOL_PACKET, PACKET_VERSION, TPACKET_V3);
    if (spec.ignoreOutgoing()) {
      socket.option(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    }
    if (spec.classicFilter() != null) {
      socket.filter(spec.classicFilter());
    }
    if (spec.programFilter() != null) {
      socket.filter(spec.programFilter());
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment request = scratch.allocate(REQUEST_SIZE, Integer.BYTES);
      request.set(JAVA_INT, 0, spec.blockSize());
      request.set(JAVA_INT, 4, spec.blockCount());
      request.set(JAVA_INT, 8, FRAME);
      request.set(JAVA_INT, 12, spec.blockSize() / FRAME * spec.blockCount());
      request.set(JAVA_INT, 16, spec.retireMillis());
      socket.option(SOL_PACKET, PACKET_RX_RING, request);
    }
  }

  private static void bind(NativeSocket socket, int interfaceIndex) {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment address = scratch.allocate(ADDRESS_SIZE, Integer.BYTES);
      address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_PACKET);
      address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) ETH_P_ALL);
      address.set(JAVA_INT, 4, interfaceIndex);
      socket.bind(address);
    }
  }
}
