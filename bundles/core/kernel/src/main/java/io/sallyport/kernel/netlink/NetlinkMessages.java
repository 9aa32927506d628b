/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** Walks the messages of one datagram. Reused for one after another; allocates nothing. */
public final class NetlinkMessages {
  private MemorySegment memory = MemorySegment.NULL;
  private long following;
  private long end;
  private long start;
  private int length;
  private boolean malformed;

  /** Begins a walk over {@code size} bytes. */
  public NetlinkMessages over(MemorySegment bytes, long offset, long size) {
    memory = bytes;
    following = offset;
    end = offset + size;
    start = offset;
    length = 0;
    malformed = size < 0 || end > bytes.byteSize();
    return this;
  }

  /** A walk of its own that goes on where this one is. */
  NetlinkMessages copy() {
    NetlinkMessages copy = new NetlinkMessages();
    copy.memory = memory;
    copy.following = following;
    copy.end = end;
    copy.start = start;
    copy.length = length;
    copy.malformed = malformed;
    return copy;
  }

  /** Goes to the next message: false behind the last. */
  public boolean next() {
    if (malformed || end - following < NetlinkRequest.HEADER) {
      return false;
    }
    int size = memory.get(JAVA_INT_UNALIGNED, following);
    if (size < NetlinkRequest.HEADER || size > end - following) {
      malformed = true;
      return false;
    }
    start = following;
    length = size;
    following += NetlinkRequest.align(size);
    return true;
  }

  /** Whether a length was wrong, so that messages may have been left out. */
  public boolean malformed() {
    return malformed;
  }

  /** The message's type. */
  public int type() {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, start + NetlinkRequest.TYPE));
  }

  /** The message's flags, NLM_F_*. */
  public int flags() {
    return Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, start + NetlinkRequest.FLAGS));
  }

  /** The number of the request that this answers; 0 for an event. */
  public int sequence() {
    return memory.get(JAVA_INT_UNALIGNED, start + NetlinkRequest.SEQUENCE);
  }

  /** The memory. */
  public MemorySegment memory() {
    return memory;
  }

  /** Where the message's content begins, behind the netlink header. */
  public long offset() {
    return start + NetlinkRequest.HEADER;
  }

  /** Bytes of content. */
  public int length() {
    return length - NetlinkRequest.HEADER;
  }

  /** One byte of the content; 0 and malformed if there is none. */
  public int u8(int at) {
    return holds(at, 1) ? Byte.toUnsignedInt(memory.get(JAVA_BYTE, offset() + at)) : 0;
  }

  /** Two bytes of the content. */
  public int u16(int at) {
    return holds(at, Short.BYTES)
        ? Short.toUnsignedInt(memory.get(JAVA_SHORT_UNALIGNED, offset() + at))
        : 0;
  }

  /** Four bytes of the content. */
  public int u32(int at) {
    return holds(at, Integer.BYTES) ? memory.get(JAVA_INT_UNALIGNED, offset() + at) : 0;
  }

  /** Begins a walk over the attributes, which follow a header of {@code header} bytes. */
  public Attributes attributes(int header, Attributes attributes) {
    return attributes.over(memory, offset() + header, length() - header);
  }

  private boolean holds(int at, int size) {
    if (at < 0 || size > length() - at) {
      malformed = true;
      return false;
    }
    return true;
  }
}
