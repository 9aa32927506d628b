/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Fields within payload, in network order. The caller has checked that they are there. */
final class Fields {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private Fields() {}

  static int u8(MemorySegment memory, long offset) {
    return memory.get(JAVA_BYTE, offset) & 0xff;
  }

  static int u16(MemorySegment memory, long offset) {
    return memory.get(SHORT, offset) & 0xffff;
  }
}
