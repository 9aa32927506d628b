/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The variants of the classic format, told by the first four bytes.
 *
 * @param order the byte order of all headers
 * @param nanos whether fractions of a second are nanoseconds, not microseconds
 * @param headerLength of the file header
 * @param recordLength of a record header
 */
record PcapFormat(ByteOrder order, boolean nanos, int headerLength, int recordLength) {
  /** A pcapng file begins with this block type, the same in both byte orders. */
  static final int PCAPNG = 0x0a0d0d0a;

  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;
  // Alexey Kuznetsov's patch of 1999: interface, protocol and packet type behind the lengths.
  private static final int MODIFIED = 0xa1b2cd34;
  // Ixia's hardware and software: the file's length behind the header.
  private static final int IXIA_HARDWARE = 0x1c0001ac;
  private static final int IXIA_SOFTWARE = 0x1c0001ab;

  private static final int HEADER = 24;
  private static final int RECORD = 16;

  /** The variant of a file that begins with these four bytes, read as big endian. */
  static @Nullable PcapFormat of(int magic) {
    PcapFormat big = variant(magic, ByteOrder.BIG_ENDIAN);
    return big != null ? big : variant(Integer.reverseBytes(magic), ByteOrder.LITTLE_ENDIAN);
  }

  private static @Nullable PcapFormat variant(int magic, ByteOrder order) {
    return switch (magic) {
      case MICROSECONDS -> new PcapFormat(order, false, HEADER, RECORD);
      case NANOSECONDS -> new PcapFormat(order, true, HEADER, RECORD);
      case MODIFIED -> new PcapFormat(order, false, HEADER, RECORD + 8);
      case IXIA_HARDWARE, IXIA_SOFTWARE -> new PcapFormat(order, true, HEADER + 4, RECORD);
      default -> null;
    };
  }
}
