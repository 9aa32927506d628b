/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

import io.sallyport.api.dpi.Bytes;

/**
 * One direction cut into packets. Of each packet the beginning is shown and the rest is passed
 * over, so that a large one needs no memory.
 */
final class Side {
  /**
   * As much of a packet as is waited for: enough for a login, a statement's beginning, an error.
   */
  private static final int SHOWN = 2048;

  /** What is shown of a packet, at the front of {@code data}. */
  interface Reader {
    /**
     * A packet.
     *
     * @param data holds it
     * @param from where its payload begins
     * @param to where what is there of it ends
     * @param sequence its number within the exchange
     * @return false to stop before the packets behind it
     */
    boolean packet(Bytes data, int from, int to, int sequence);
  }

  private long skip;
  private boolean continued;
  private boolean compressed;

  /** From now on packets stand in compressed frames. */
  void compress() {
    compressed = true;
  }

  /** Reads whatever packets are there; false when the reader stopped it. */
  boolean read(Bytes data, Reader reader) {
    while (true) {
      int count = (int) Math.min(skip, data.length() - data.consumed());
      data.consume(count);
      skip -= count;
      int at = data.consumed();
      int frame = compressed ? Packet.COMPRESSED_HEADER : 0;
      if (skip > 0 || data.length() < at + frame + Packet.HEADER) {
        return true;
      }
      if (compressed && data.u24le(at + 4) != 0) {
        skip = (long) Packet.COMPRESSED_HEADER + data.u24le(at);
        continue;
      }
      int length = data.u24le(at + frame);
      int payload = at + frame + Packet.HEADER;
      int shown = payload + Math.min(length, SHOWN);
      if (data.length() < shown) {
        return true;
      }
      // What follows in the same frame belongs to the same answer and tells nothing more.
      skip = compressed ? (long) frame + data.u24le(at) : (long) Packet.HEADER + length;
      boolean begins = !continued;
      continued = length == Packet.LONGEST;
      if (begins && !reader.packet(data, payload, shown, data.u8(payload - 1))) {
        return false;
      }
    }
  }
}
