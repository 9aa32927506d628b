/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Builds one message: its type, the fields of the protocol's own header, then attributes. For one
 * thread; {@link #begin} makes it empty again. Numbers are in the machine's order unless the method
 * says big-endian. IndexOutOfBoundsException if it does not fit.
 */
public final class NetlinkRequest {
  // struct nlmsghdr { u32 len; u16 type; u16 flags; u32 seq; u32 pid }, uapi/linux/netlink.h
  static final int HEADER = 16;
  static final long TYPE = 4;
  static final long FLAGS = 6;
  static final long SEQUENCE = 8;

  /** A request; always set. */
  static final int NLM_F_REQUEST = 1;

  /** Answer with success or failure. */
  static final int NLM_F_ACK = 4;

  /** Give all. */
  static final int NLM_F_DUMP = 0x300;

  private static final int NLA_F_NESTED = 1 << 15;
  private static final int ATTRIBUTE = 4; // struct nlattr { u16 len; u16 type }
  private static final int DEFAULT_CAPACITY = 4096;

  private final MemorySegment memory;
  private int length;

  /** Room for 4 KiB. */
  public NetlinkRequest() {
    this(DEFAULT_CAPACITY);
  }

  /** Room for so many bytes. */
  public NetlinkRequest(int capacity) {
    memory = Arena.ofAuto().allocate(capacity, Long.BYTES);
    length = HEADER;
  }

  /**
   * Begins a message.
   *
   * @param flags more of NLM_F_*; what every request has is added when it is sent
   */
  public NetlinkRequest begin(int type, int flags) {
    memory.asSlice(0, HEADER).fill((byte) 0);
    length = HEADER;
    memory.set(JAVA_SHORT_UNALIGNED, TYPE, (short) type);
    memory.set(JAVA_SHORT_UNALIGNED, FLAGS, (short) flags);
    return this;
  }

  /** Adds a byte of the header. */
  public NetlinkRequest u8(int value) {
    memory.set(JAVA_BYTE, length, (byte) value);
    length++;
    return this;
  }

  /** Adds two bytes of the header. */
  public NetlinkRequest u16(int value) {
    memory.set(JAVA_SHORT_UNALIGNED, length, (short) value);
    length += Short.BYTES;
    return this;
  }

  /** Adds two bytes of the header, big-endian. */
  public NetlinkRequest be16(int value) {
    return u16(bigEndian((short) value));
  }

  /** Adds four bytes of the header. */
  public NetlinkRequest u32(int value) {
    memory.set(JAVA_INT_UNALIGNED, length, value);
    length += Integer.BYTES;
    return this;
  }

  /** Adds the header of every nfnetlink message (struct nfgenmsg). */
  public NetlinkRequest netfilter(int family, int resource) {
    return u8(family).u8(0).be16(resource);
  }

  /** Adds an attribute of one byte. */
  public NetlinkRequest attributeU8(int type, int value) {
    return attribute(type, 1).u8(value).pad();
  }

  /** Adds an attribute of two bytes. */
  public NetlinkRequest attributeU16(int type, int value) {
    return attribute(type, Short.BYTES).u16(value).pad();
  }

  /** Adds an attribute of two bytes, big-endian. */
  public NetlinkRequest attributeBe16(int type, int value) {
    return attribute(type, Short.BYTES).be16(value).pad();
  }

  /** Adds an attribute of four bytes. */
  public NetlinkRequest attributeU32(int type, int value) {
    return attribute(type, Integer.BYTES).u32(value);
  }

  /** Adds an attribute of four bytes, big-endian. */
  public NetlinkRequest attributeBe32(int type, int value) {
    return attributeU32(type, bigEndian(value));
  }

  /** Adds an attribute of eight bytes, big-endian. */
  public NetlinkRequest attributeBe64(int type, long value) {
    return attribute(type, Long.BYTES)
        .u32(bigEndian((int) (value >>> Integer.SIZE)))
        .u32(bigEndian((int) value));
  }

  /** Adds a text, with the zero byte that ends it. */
  public NetlinkRequest attributeText(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return attribute(type, bytes.length + 1).bytes(bytes).u8(0).pad();
  }

  /** Adds an attribute of any bytes. */
  public NetlinkRequest attributeBytes(int type, byte[] value) {
    return attribute(type, value.length).bytes(value).pad();
  }

  /** Begins an attribute that holds attributes: give the result to {@link #endNest}. */
  public int beginNest(int type) {
    int start = length;
    attribute(type | NLA_F_NESTED, 0);
    return start;
  }

  /** Ends an attribute that {@link #beginNest} began. */
  public NetlinkRequest endNest(int start) {
    memory.set(JAVA_SHORT_UNALIGNED, start, (short) (length - start));
    return this;
  }

  /** Bytes so far. */
  public int length() {
    return length;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Completes the header for sending. */
  MemorySegment complete(int sequence, int moreFlags) {
    int flags = memory.get(JAVA_SHORT_UNALIGNED, FLAGS) | moreFlags;
    memory.set(JAVA_INT_UNALIGNED, 0, length);
    memory.set(JAVA_SHORT_UNALIGNED, FLAGS, (short) flags);
    memory.set(JAVA_INT_UNALIGNED, SEQUENCE, sequence);
    return memory;
  }

  static int align(int size) {
    return (size + 3) & ~3;
  }

  private NetlinkRequest attribute(int type, int size) {
    memory.set(JAVA_SHORT_UNALIGNED, length, (short) (ATTRIBUTE + size));
    memory.set(JAVA_SHORT_UNALIGNED, length + Short.BYTES, (short) type);
    length += ATTRIBUTE;
    return this;
  }

  private NetlinkRequest bytes(byte[] value) {
    MemorySegment.copy(value, 0, memory, JAVA_BYTE, length, value.length);
    length += value.length;
    return this;
  }

  private NetlinkRequest pad() {
    while (length != align(length)) {
      u8(0);
    }
    return this;
  }

  private static short bigEndian(short value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
  }

  private static int bigEndian(int value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }
}
