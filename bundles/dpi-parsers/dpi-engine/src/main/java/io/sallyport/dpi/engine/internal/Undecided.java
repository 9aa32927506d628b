/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A flow's time before anybody has recognised it: who may still be asked, in which order, and what
 * both sides have said so far. Reused; lives as long as the decision takes.
 */
final class Undecided {
  /** Bytes a direction that are kept. */
  static final int HEAD = 4 * 1024;

  /** Pieces that are kept: changes of direction, or datagrams. */
  static final int PIECES = 32;

  private Chain chain = Chain.EMPTY;
  private short[] order = new short[0];
  private int left;

  private final int[] pieces = new int[PIECES];
  private int pieceCount;
  private boolean full;
  private final @Nullable Buffer[] heads = new Buffer[2];
  private final boolean[] frozen = new boolean[2];
  private final long[] lost = new long[2];

  /** Lines up the parsers that are to be asked: those with the port in their hints first. */
  void begin(Chain parsers, Flow flow) {
    chain = parsers;
    int count = parsers.size();
    if (order.length < count) {
      order = new short[count];
    }
    left = 0;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < count; i++) {
        Registration parser = parsers.parser(i);
        boolean hinted =
            parser.hints.contains(flow.serverPort())
                || (flow.midStream() && parser.hints.contains(flow.clientPort()));
        if (hinted == (pass == 0) && parser.asked()) {
          order[left++] = (short) i;
        }
      }
    }
  }

  /** How many parsers may still be asked. */
  int left() {
    return left;
  }

  /**
   * Asks who is left, in order, about the bytes where they lie or about the head that has been
   * kept; answers who takes the flow, null when nobody does yet. Who says no is not asked again.
   */
  @Nullable Registration ask(
      Owner owner,
      FlowInspection flow,
      boolean inPlace,
      Direction direction,
      MemorySegment memory,
      long offset,
      int length) {
    Buffer head = inPlace ? null : head(direction);
    int place = 0;
    while (place < left) {
      Registration candidate = candidate(place);
      Match match = Match.NO;
      if (candidate.asked()) {
        match =
            head == null
                ? owner.identify(flow, candidate, direction, memory, offset, length)
                : owner.identify(
                    flow, candidate, direction, head.memory, head.start(), head.length());
      }
      switch (match) {
        case YES -> {
          return candidate;
        }
        case NO -> exclude(place);
        case MORE -> place++;
      }
    }
    return null;
  }

  private Registration candidate(int place) {
    return chain.parser(order[place]);
  }

  private void exclude(int place) {
    System.arraycopy(order, place + 1, order, place, left - place - 1);
    left--;
  }

  /** Says that a parser is not to be asked again. */
  void exclude(Registration parser) {
    for (int place = 0; place < left; place++) {
      if (candidate(place) == parser) {
        exclude(place);
        return;
      }
    }
  }

  /** Whether nothing more can come of asking. */
  boolean hopeless() {
    return left == 0 || full || (frozen[0] && frozen[1]);
  }

  /** Whether bytes of this direction are counted only, as some before them are missing. */
  boolean frozen(Direction direction) {
    return frozen[index(direction)];
  }

  /** What one direction has said so far, null when nothing. */
  @Nullable Buffer head(Direction direction) {
    return heads[index(direction)];
  }

  /** Missing bytes behind the head of a direction. */
  long lost(Direction direction) {
    return lost[index(direction)];
  }

  /** Notes that bytes are missing; from now on this direction's are only counted. */
  void lose(Direction direction, long bytes) {
    frozen[index(direction)] = true;
    lost[index(direction)] += bytes;
  }

  int pieceCount() {
    return pieceCount;
  }

  Direction pieceDirection(int piece) {
    return pieces[piece] < 0 ? Direction.TO_CLIENT : Direction.TO_SERVER;
  }

  int pieceLength(int piece) {
    return pieces[piece] & Integer.MAX_VALUE;
  }

  /**
   * Adds bytes to a head without noting them as a piece yet; answers how many there was room for,
   * -1 when no buffer is to be had.
   */
  int append(BufferPool pool, Direction direction, MemorySegment memory, long offset, int length) {
    Buffer head = heads[index(direction)];
    int count = Math.min(length, HEAD - (head == null ? 0 : head.length()));
    Buffer larger = head == null ? pool.take(count) : pool.grow(head, count);
    if (larger == null) {
      return -1;
    }
    larger.append(memory, offset, count);
    heads[index(direction)] = larger;
    return count;
  }

  /** Undoes an {@link #append} that has not been noted. */
  void takeBack(Direction direction, int count) {
    Buffer head = heads[index(direction)];
    if (head != null && count > 0) {
      head.shorten(head.length() - count);
    }
  }

  /** Notes what {@link #append} has added as seen at this point of the dialogue. */
  void note(Direction direction, int length, boolean stream) {
    int sign = direction == Direction.TO_CLIENT ? Integer.MIN_VALUE : 0;
    if (stream && pieceCount > 0 && pieceDirection(pieceCount - 1) == direction) {
      pieces[pieceCount - 1] += length;
    } else if (pieceCount < PIECES) {
      pieces[pieceCount++] = sign | length;
    }
    full = pieceCount == PIECES;
  }

  void clear(BufferPool pool) {
    for (int i = 0; i < heads.length; i++) {
      Buffer head = heads[i];
      if (head != null) {
        pool.give(head);
      }
    }
    forget();
  }

  /** Leaves the buffers to a lost thread. */
  void abandon(BufferPool pool) {
    for (Buffer head : heads) {
      if (head != null) {
        pool.forget(head);
      }
    }
    forget();
  }

  /** Where the arrays hold what concerns a direction. */
  static int index(Direction direction) {
    return direction == Direction.TO_SERVER ? 0 : 1;
  }

  private void forget() {
    chain = Chain.EMPTY;
    left = 0;
    pieceCount = 0;
    full = false;
    Arrays.fill(heads, null);
    Arrays.fill(frozen, false);
    Arrays.fill(lost, 0);
  }
}
