/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.packet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sallyport.kernel.CursorRevokedException;
import io.sallyport.kernel.Handover;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in a {@link PacketRing}, and the packet there. For one thread; allocates nothing.
 *
 * <p>A packet's memory is the ring's own and holds it until the next call of {@link #next}. If the
 * ring is taken over meanwhile, the packet's bytes may become those of another; they stay readable.
 */
public final class RingCursor {
  /** Packet type: to this host; uapi/linux/if_packet.h. */
  public static final int PACKET_HOST = 0;

  /** Packet type: sent by this namespace. */
  public static final int PACKET_OUTGOING = 4;

  // struct tpacket_block_desc: u32 version, offset_to_priv; then struct tpacket_hdr_v1
  private static final long BLOCK_STATUS = 8;
  private static final long BLOCK_PACKETS = 12;
  private static final long BLOCK_FIRST = 16;
  private static final int TP_STATUS_KERNEL = 0;
  private static final int TP_STATUS_USER = 1;

  // struct tpacket3_hdr
  private static final long NEXT = 0;
  private static final long SECONDS = 4;
  private static final long NANOS = 8;
  private static final long CAPTURED = 12;
  private static final long WIRE = 16;
  private static final long STATUS = 20;
  private static final long MAC = 24;
  private static final long NETWORK = 26;
  private static final long VLAN_TCI = 32;
  private static final long VLAN_TPID = 36;
  private static final int TP_STATUS_CSUMNOTREADY = 1 << 3;
  private static final int TP_STATUS_VLAN_VALID = 1 << 4;
  private static final int TP_STATUS_VLAN_TPID_VALID = 1 << 6;

  // struct sockaddr_ll, behind the header's 48 bytes
  private static final long ADDRESS = 48;
  private static final long PROTOCOL = ADDRESS + 2;
  private static final long INTERFACE = ADDRESS + 4;
  private static final long HARDWARE = ADDRESS + 8;
  private static final long TYPE = ADDRESS + 10;

  private static final int ETH_P_8021Q = 0x8100;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT = JAVA_INT.varHandle();

  // Outside of a move the fields below stand still, so a successor can copy them.
  private final Handover handover = new Handover();
  private final MemorySegment memory;
  private final int blockSize;
  private final int blockCount;
  private int block;
  private int remaining;
  private boolean inBlock;
  private long packet;
  private long following;

  RingCursor(MemorySegment memory, int blockSize, int blockCount) {
    this.memory = memory;
    this.blockSize = blockSize;
    this.blockCount = blockCount;
  }

  /** Ends this cursor and gives one that goes on behind the packet that it gave out last. */
  RingCursor revoke() {
    handover.revoke();
    RingCursor successor = new RingCursor(memory, blockSize, blockCount);
    successor.block = block;
    successor.remaining = remaining;
    successor.inBlock = inBlock;
    successor.following = following;
    return successor;
  }

  /**
   * Goes to the next packet. Blocks that have been read go back to the kernel.
   *
   * @return false if there is none yet: wait for the ring's descriptor
   * @throws CursorRevokedException if another cursor has taken over
   * @throws IllegalStateException if the ring has been closed
   */
  public boolean next() {
    handover.enter();
    try {
      return move();
    } finally {
      handover.leave();
    }
  }

  private boolean move() {
    while (remaining == 0) {
      long start = (long) block * blockSize;
      if (inBlock) {
        INT.setRelease(memory, start + BLOCK_STATUS, TP_STATUS_KERNEL);
        inBlock = false;
        block = block + 1 == blockCount ? 0 : block + 1;
        start = (long) block * blockSize;
      }
      if (((int) INT.getAcquire(memory, start + BLOCK_STATUS) & TP_STATUS_USER) == 0) {
        return false;
      }
      inBlock = true;
      remaining = memory.get(JAVA_INT, start + BLOCK_PACKETS);
      following = start + Integer.toUnsignedLong(memory.get(JAVA_INT, start + BLOCK_FIRST));
    }
    packet = following;
    remaining--;
    following = packet + Integer.toUnsignedLong(memory.get(JAVA_INT, packet + NEXT));
    return true;
  }

  /** Whether another cursor has taken over. */
  public boolean revoked() {
    return handover.revoked();
  }

  /** The ring's memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where in the memory the link layer's header begins. */
  public long offset() {
    return packet + Short.toUnsignedInt(memory.get(JAVA_SHORT, packet + MAC));
  }

  /** Where in the memory the network layer's header begins. */
  public long networkOffset() {
    return packet + Short.toUnsignedInt(memory.get(JAVA_SHORT, packet + NETWORK));
  }

  /** Bytes from {@link #offset} on that were captured. */
  public int capturedLength() {
    return memory.get(JAVA_INT, packet + CAPTURED);
  }

  /** Bytes that the packet had; more than captured if a filter or the block's end cut it. */
  public int wireLength() {
    return memory.get(JAVA_INT, packet + WIRE);
  }

  /** When it was seen, in nanoseconds since 1970. */
  public long timestampNanos() {
    return Integer.toUnsignedLong(memory.get(JAVA_INT, packet + SECONDS)) * 1_000_000_000L
        + Integer.toUnsignedLong(memory.get(JAVA_INT, packet + NANOS));
  }

  /** The interface's index in its namespace. */
  public int interfaceIndex() {
    return memory.get(JAVA_INT, packet + INTERFACE);
  }

  /** {@link #PACKET_HOST}, {@link #PACKET_OUTGOING}, or another of PACKET_*. */
  public int packetType() {
    return Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, packet + TYPE));
  }

  /** The Ethernet protocol: 0x0800 for IPv4. */
  public int protocol() {
    return Short.toUnsignedInt(memory.get(NETWORK_SHORT, packet + PROTOCOL));
  }

  /** The interface's kind, ARPHRD_*: 1 Ethernet, 772 loopback, 65534 without link header. */
  public int hardwareType() {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT, packet + HARDWARE));
  }

  /** Whether the kernel took a VLAN tag off; it is then not in the packet's bytes. */
  public boolean vlanPresent() {
    return (status() & TP_STATUS_VLAN_VALID) != 0;
  }

  /** The VLAN tag's number and priority, if {@link #vlanPresent}. */
  public int vlanTci() {
    return memory.get(JAVA_INT, packet + VLAN_TCI) & 0xffff;
  }

  /** The VLAN tag's protocol, if {@link #vlanPresent}: 0x8100 unless the kernel says another. */
  public int vlanTpid() {
    return (status() & TP_STATUS_VLAN_TPID_VALID) != 0
        ? Short.toUnsignedInt(memory.get(JAVA_SHORT, packet + VLAN_TPID))
        : ETH_P_8021Q;
  }

  /** Whether checksums are yet to be filled in by a device, so that a wrong one means nothing. */
  public boolean checksumPending() {
    return (status() & TP_STATUS_CSUMNOTREADY) != 0;
  }

  /** The status flags, TP_STATUS_*. */
  public int status() {
    return memory.get(JAVA_INT, packet + STATUS);
  }
}
