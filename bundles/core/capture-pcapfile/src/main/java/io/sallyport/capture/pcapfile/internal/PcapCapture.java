/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import io.sallyport.api.capture.CaptureException;
import java.nio.ByteBuffer;

/** The packets of a file in the classic format; pcap-savefile(5). */
final class PcapCapture extends FileCapture {
  private static final int LINK = 20;
  // The upper half says how long a frame check sequence is.
  private static final int LINK_MASK = 0xffff;

  private static final int FRACTION = 4;
  private static final int CAPTURED = 8;
  private static final int WIRE = 12;

  private final int link;
  private final int recordLength;
  private final long fraction;

  PcapCapture(PacketFile file, PcapFormat format) {
    super(file);
    if (file.size() < format.headerLength()) {
      throw new CaptureException(
          file.path() + " is cut short: it ends within the header of the file", null);
    }
    order(format.order());
    this.link = word(LINK) & LINK_MASK;
    this.recordLength = format.recordLength();
    this.fraction = format.nanos() ? 1 : 1_000;
    position(format.headerLength());
  }

  @Override
  boolean advance() {
    long remaining = remaining();
    if (remaining < recordLength) {
      return remaining != 0
          && damaged(
              "the file is cut short: at byte "
                  + position()
                  + " a packet's header of "
                  + recordLength
                  + " bytes begins, "
                  + remaining
                  + " are there");
    }
    long record = position();
    int at = at(record, recordLength);
    ByteBuffer header = view();
    int captured = header.getInt(at + CAPTURED);
    if (captured < 0 || captured > MAX_PACKET) {
      return damaged(
          "the file is damaged: the packet at byte "
              + record
              + " claims to have "
              + Integer.toUnsignedString(captured)
              + " bytes");
    }
    if (captured > remaining - recordLength) {
      return damaged(
          "the file is cut short: the packet at byte "
              + record
              + " has "
              + captured
              + " bytes, "
              + (remaining - recordLength)
              + " are there");
    }
    long nanos =
        Integer.toUnsignedLong(header.getInt(at)) * 1_000_000_000L
            + Integer.toUnsignedLong(header.getInt(at + FRACTION)) * fraction;
    long data = record + recordLength;
    position(data + captured);
    found(data, captured, Math.clamp(header.getInt(at + WIRE), 0, MAX_PACKET), link, nanos);
    return true;
  }
}
