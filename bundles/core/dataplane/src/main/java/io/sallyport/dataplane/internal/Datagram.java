/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A datagram that is being put together from fragments. Used again for others. */
final class Datagram {
  /** The largest payload of an IP packet, rounded up to whole units. */
  static final int CAPACITY = 65_536;

  /** Fragments begin at multiples of this. */
  static final int UNIT = 8;

  /** What becomes of the buffer. */
  enum State {
    FREE,
    FILLING,
    DELIVERING
  }

  private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY, UNIT);
  private final long[] present = new long[CAPACITY / UNIT / Long.SIZE];

  private State state = State.FREE;
  private @Nullable Scope scope;
  private long sourceHigh;
  private long sourceLow;
  private long destinationHigh;
  private long destinationLow;
  private int id;
  private int protocol;
  private int depth;
  private long since;
  private int count;
  private long bytes;
  private int highest;
  private boolean lastSeen;
  private int prefixUnits;

  void begin(Packet first, int newId, int newProtocol, int newDepth, long now) {
    state = State.FILLING;
    scope = first.scope;
    sourceHigh = first.sourceHigh;
    sourceLow = first.sourceLow;
    destinationHigh = first.destinationHigh;
    destinationLow = first.destinationLow;
    id = newId;
    protocol = newProtocol;
    depth = newDepth;
    since = now;
    count = 0;
    bytes = 0;
    highest = 0;
    lastSeen = false;
    prefixUnits = 0;
    Arrays.fill(present, 0);
  }

  boolean matches(Packet packet, int otherId, int otherProtocol) {
    return id == otherId
        && sourceLow == packet.sourceLow
        && destinationLow == packet.destinationLow
        && sourceHigh == packet.sourceHigh
        && destinationHigh == packet.destinationHigh
        && protocol == otherProtocol
        && scope == packet.scope;
  }

  /**
   * Adds a fragment; what is there already stays.
   *
   * @param captured how many bytes are there
   * @param length how many there were
   * @return whether some of it was there already
   */
  boolean add(
      Packet packet,
      MemorySegment from,
      long offset,
      int captured,
      int length,
      int position,
      boolean last) {
    count += packet.count;
    bytes += packet.bytes;
    highest = Math.max(highest, position + length);
    lastSeen |= last;
    // A unit that was captured in part counts only where it is the datagram's end.
    int units = last && captured == length ? (captured + UNIT - 1) / UNIT : captured / UNIT;
    boolean overlap = false;
    int first = position / UNIT;
    for (int i = 0; i < units; i++) {
      int unit = first + i;
      long bit = 1L << unit;
      if ((present[unit >> 6] & bit) != 0) {
        overlap = true;
        continue;
      }
      present[unit >> 6] |= bit;
      int at = i * UNIT;
      MemorySegment.copy(
          from,
          JAVA_BYTE,
          offset + at,
          memory,
          JAVA_BYTE,
          (long) position + at,
          Math.min(UNIT, captured - at));
    }
    while (prefixUnits < CAPACITY / UNIT && (present[prefixUnits >> 6] & 1L << prefixUnits) != 0) {
      prefixUnits++;
    }
    return overlap;
  }

  boolean complete() {
    return lastSeen && contiguous() == highest;
  }

  /** How many bytes there are from the beginning without a hole. */
  int contiguous() {
    return Math.min(highest, prefixUnits * UNIT);
  }

  /** How long it is, as far as is known. */
  int length() {
    return highest;
  }

  MemorySegment memory() {
    return memory;
  }

  int protocol() {
    return protocol;
  }

  int depth() {
    return depth;
  }

  long since() {
    return since;
  }

  boolean isV6() {
    return sourceHigh != 0 || sourceLow >>> 32 != 0xffff;
  }

  /** Makes the packet say what this datagram is. */
  void describe(Packet packet) {
    packet.scope = scope;
    packet.sourceHigh = sourceHigh;
    packet.sourceLow = sourceLow;
    packet.destinationHigh = destinationHigh;
    packet.destinationLow = destinationLow;
    packet.count = count;
    packet.bytes = bytes;
  }

  State state() {
    return state;
  }

  void state(State newState) {
    state = newState;
  }
}
