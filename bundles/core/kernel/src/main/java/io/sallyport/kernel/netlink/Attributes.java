/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the attributes of a message, or of an attribute. Reused for one after another; allocates
 * nothing but what {@link #text} and {@link #bytes} give. An attribute that is shorter than what is
 * asked of it, or longer than what holds it, ends the walk and makes it {@link #malformed}.
 */
public final class Attributes {
  // struct nlattr { u16 len; u16 type }; the two high bits of the type are flags
  private static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3fff;
  private static final ValueLayout.OfShort BE16 =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BE32 = JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BE64 =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private MemorySegment memory = MemorySegment.NULL;
  private long following;
  private long end;
  private long offset;
  private int length;
  private int type;
  private boolean malformed;

  /** Begins a walk over {@code size} bytes. */
  public Attributes over(MemorySegment bytes, long start, long size) {
    memory = bytes;
    following = start;
    end = start + size;
    offset = start;
    length = 0;
    malformed = size < 0 || end > bytes.byteSize();
    return this;
  }

  /** Goes to the next attribute: false behind the last. */
  public boolean next() {
    // Less than a header at the end is padding.
    if (malformed || end - following < HEADER) {
      return false;
    }
    int size = Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, following));
    if (size < HEADER || size > end - following) {
      malformed = true;
      return false;
    }
    type = memory.get(JAVA_SHORT_UNALIGNED, following + Short.BYTES) & TYPE_MASK;
    offset = following + HEADER;
    length = size - HEADER;
    following += NetlinkRequest.align(size);
    return true;
  }

  /** Whether a length was wrong, so that attributes may have been left out. */
  public boolean malformed() {
    return malformed;
  }

  /** The attribute's type. */
  public int type() {
    return type;
  }

  /** The memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where the attribute's content begins. */
  public long offset() {
    return offset;
  }

  /** Bytes of content. */
  public int length() {
    return length;
  }

  /** One byte. */
  public int u8() {
    return holds(1) ? Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset)) : 0;
  }

  /** Two bytes. */
  public int u16() {
    return holds(Short.BYTES) ? Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, offset)) : 0;
  }

  /** Two bytes, big-endian. */
  public int be16() {
    return holds(Short.BYTES) ? Short.toUnsignedInt(memory.get(BE16, offset)) : 0;
  }

  /** Four bytes. */
  public int u32() {
    return holds(Integer.BYTES) ? memory.get(JAVA_INT_UNALIGNED, offset) : 0;
  }

  /** Four bytes, big-endian. */
  public int be32() {
    return holds(Integer.BYTES) ? memory.get(BE32, offset) : 0;
  }

  /** Eight bytes, big-endian. */
  public long be64() {
    return be64(0);
  }

  /** Eight bytes, big-endian, that begin {@code skip} bytes inside the content. */
  public long be64(int skip) {
    return holds(skip + Long.BYTES) ? memory.get(BE64, offset + skip) : 0;
  }

  /** A text, without the zero byte that ends it; bytes that are no UTF-8 are replaced. */
  public String text() {
    byte[] content = bytes();
    int size = 0;
    while (size < content.length && content[size] != 0) {
      size++;
    }
    return new String(content, 0, size, StandardCharsets.UTF_8);
  }

  /** A copy of the content. */
  public byte[] bytes() {
    return memory.asSlice(offset, length).toArray(JAVA_BYTE);
  }

  /** Begins a walk of {@code inner} over the attributes inside this one. */
  public Attributes nested(Attributes inner) {
    return inner.over(memory, offset, length);
  }

  private boolean holds(int size) {
    if (length < size) {
      malformed = true;
      return false;
    }
    return true;
  }
}
