/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.dpi.Direction;

/**
 * Gives the bytes of TCP streams in order and once. What comes in its turn is handed on where it
 * lies; what comes before its turn is copied and waits, within bounds. A hole that the receiver has
 * acknowledged, or that the bounds do not allow to wait for, becomes an explicit gap.
 *
 * <p>Every byte is taken out of the books before it is handed on: the thread that hands it on may
 * never come back.
 */
final class Reassembler {
  /** 256 KiB a direction. */
  static final int MAX_BLOCKS = 128;

  /** No receiver has room for more than this; what is further ahead is not of this connection. */
  private static final int MAX_WINDOW = 1 << 28;

  /**
   * An acknowledgement may be captured before the bytes it is for, by another CPU: so many packets
   * later the bytes are taken for lost.
   */
  static final int PATIENCE = 3;

  private final SegmentPool pool;
  private final Inspector inspector;
  private final Counters counters;

  Reassembler(SegmentPool pool, Inspector inspector, Counters counters) {
    this.pool = pool;
    this.inspector = inspector;
    this.counters = counters;
  }

  /** A segment with payload. */
  void segment(TrackedFlow flow, TcpStream stream, Direction direction, Packet packet, int first) {
    if (!stream.started) {
      stream.start(first);
    }
    int early = first - stream.next;
    if (early > MAX_WINDOW || early == Integer.MIN_VALUE) {
      counters.add(Counter.TCP_OUT_OF_WINDOW);
      return;
    }
    if (early > 0) {
      counters.add(Counter.TCP_OUT_OF_ORDER);
      keep(flow, stream, direction, packet, first);
      return;
    }
    // What lies before the byte that is due has been seen.
    int seen = -early;
    if (seen > 0) {
      counters.add(Counter.TCP_RETRANSMITTED_BYTES, Math.min(seen, packet.length));
      if (seen >= packet.length) {
        return;
      }
    }
    int captured = packet.captured - seen;
    int missing = packet.length - Math.max(packet.captured, seen);
    stream.next = first + packet.length - missing;
    if (captured > 0) {
      inspector.data(flow, direction, packet.memory, packet.payload + seen, captured);
    }
    if (missing > 0) {
      gap(flow, stream, direction, missing);
    }
    if (stream.first != SegmentPool.NONE) {
      drain(flow, stream, direction);
    }
  }

  /** The receiver has acknowledged everything before {@code sequence}. */
  void acknowledged(TrackedFlow flow, TcpStream stream, Direction direction, int sequence) {
    if (stream.first == SegmentPool.NONE || sequence - stream.next <= 0) {
      return;
    }
    if (++stream.sinceFilled > PATIENCE) {
      stream.sinceFilled = 0;
      skip(flow, stream, direction);
    }
  }

  /** Hands on what still waits, with the gaps between, as nothing more will come. */
  void finish(TrackedFlow flow, TcpStream stream, Direction direction) {
    while (stream.first != SegmentPool.NONE && flow.inspecting) {
      skip(flow, stream, direction);
    }
    if (stream.started && stream.finished && flow.inspecting) {
      int missing = stream.end - stream.next;
      if (missing > 0) {
        gap(flow, stream, direction, missing);
      }
    }
    drop(stream);
  }

  /** Forgets what waits. */
  void drop(TcpStream stream) {
    while (stream.first != SegmentPool.NONE) {
      int block = stream.first;
      stream.first = pool.next(block);
      pool.release(block);
    }
    stream.last = SegmentPool.NONE;
    stream.blocks = 0;
  }

  private void gap(TrackedFlow flow, TcpStream stream, Direction direction, int bytes) {
    stream.next += bytes;
    counters.add(Counter.TCP_GAPS);
    counters.add(Counter.TCP_GAP_BYTES, bytes);
    inspector.gap(flow, direction, bytes);
  }

  /** Gives up the bytes before the first block that waits. */
  private void skip(TrackedFlow flow, TcpStream stream, Direction direction) {
    int missing = pool.sequence(stream.first) - stream.next;
    if (missing > 0) {
      gap(flow, stream, direction, missing);
    }
    drain(flow, stream, direction);
  }

  private void drain(TrackedFlow flow, TcpStream stream, Direction direction) {
    while (flow.inspecting && stream.first != SegmentPool.NONE) {
      int block = stream.first;
      int seen = stream.next - pool.sequence(block);
      if (seen < 0) {
        return;
      }
      stream.first = pool.next(block);
      stream.blocks--;
      if (stream.first == SegmentPool.NONE) {
        stream.last = SegmentPool.NONE;
        stream.sinceFilled = 0;
      }
      // Nothing takes a block before the bytes have been read, so it can be given back at once.
      pool.release(block);
      int count = pool.length(block) - seen;
      if (count > 0) {
        stream.next += count;
        inspector.data(flow, direction, pool.memory(block), pool.offset(block) + seen, count);
      }
    }
    if (!flow.inspecting) {
      drop(stream);
    }
  }

  /** Copies what is new of a segment to where it belongs among the blocks that wait. */
  private void keep(
      TrackedFlow flow, TcpStream stream, Direction direction, Packet packet, int first) {
    int from = 0;
    int before = SegmentPool.NONE;
    int after = stream.first;
    if (stream.last != SegmentPool.NONE && first - end(stream.last) >= 0) {
      before = stream.last;
      after = SegmentPool.NONE;
    }
    while (from < packet.captured) {
      int sequence = first + from;
      if (after != SegmentPool.NONE && sequence - end(after) >= 0) {
        before = after;
        after = pool.next(after);
        continue;
      }
      if (after != SegmentPool.NONE && sequence - pool.sequence(after) >= 0) {
        int known = Math.min(end(after) - sequence, packet.captured - from);
        counters.add(Counter.TCP_RETRANSMITTED_BYTES, known);
        from += known;
        continue;
      }
      int count = Math.min(packet.captured - from, SegmentPool.BLOCK);
      if (after != SegmentPool.NONE) {
        count = Math.min(count, pool.sequence(after) - sequence);
      }
      int block = stream.blocks < MAX_BLOCKS ? pool.take() : SegmentPool.NONE;
      if (block == SegmentPool.NONE) {
        full(flow, stream, direction, packet, first);
        return;
      }
      pool.fill(block, sequence, packet.memory, packet.payload + from, count);
      link(stream, before, block, after);
      before = block;
      from += count;
    }
  }

  /**
   * No room to wait any longer: what is there is handed on, then the segment that found no room.
   */
  private void full(
      TrackedFlow flow, TcpStream stream, Direction direction, Packet packet, int first) {
    counters.add(Counter.TCP_BUFFERS_FULL);
    while (stream.first != SegmentPool.NONE && pool.sequence(stream.first) - first < 0) {
      skip(flow, stream, direction);
    }
    if (!flow.inspecting) {
      return;
    }
    int missing = first - stream.next;
    if (missing > 0) {
      gap(flow, stream, direction, missing);
    }
    if (flow.inspecting) {
      segment(flow, stream, direction, packet, first);
    }
  }

  private void link(TcpStream stream, int before, int block, int after) {
    stream.blocks++;
    pool.next(block, after);
    if (before == SegmentPool.NONE) {
      stream.first = block;
    } else {
      pool.next(before, block);
    }
    if (after == SegmentPool.NONE) {
      stream.last = block;
    }
  }

  private int end(int block) {
    return pool.sequence(block) + pool.length(block);
  }
}
