/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import io.sallyport.api.dpi.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one direction, value by value; long values are skipped, not kept. A message is one value
 * with everything inside it. How deep values lie in each other does not matter: it is enough to
 * count how many are still to come.
 */
final class RespReader {
  /** What a step of reading has come to. */
  enum Outcome {
    /** More bytes are needed. */
    STARVED,
    /** A value has been read. */
    VALUE,
    /** A message is complete. */
    MESSAGE,
    /** What stands there is no value. */
    BROKEN
  }

  private static final int LINE = 8 * 1024;
  private static final int KEPT_VALUES = 10;
  private static final int KEPT_BYTES = 256;
  private static final long LONGEST_BULK = 1L << 32;

  private final List<String> values = new ArrayList<>();
  private long expected;
  private long skip;
  private int type;
  private boolean transfer;

  /** Whether the next byte is the first of a message. */
  boolean fresh() {
    return expected == 0 && skip == 0;
  }

  /** The type of the message, by its first byte. */
  int type() {
    return type;
  }

  /** The first strings in the message, each cut at 256 characters. */
  List<String> values() {
    return values;
  }

  /** The next bulk is a database in transfer, which has no line break behind it. */
  void expectTransfer() {
    transfer = true;
  }

  /** Forgets what it was in the middle of. */
  void reset() {
    expected = 0;
    skip = 0;
  }

  /** Passes over missing bytes; answers whether they lay within what is skipped anyway. */
  boolean pass(long bytes) {
    if (bytes > skip) {
      return false;
    }
    skip -= bytes;
    return true;
  }

  /** Reads on by one value. */
  Outcome step(Bytes data) {
    if (skip > 0) {
      int count = (int) Math.min(skip, data.length() - (long) data.consumed());
      data.consume(count);
      skip -= count;
      return skip > 0 ? Outcome.STARVED : outcome();
    }
    int at = data.consumed();
    int feed = data.indexOf('\n', at);
    if (feed < 0) {
      return data.length() - at > LINE ? Outcome.BROKEN : Outcome.STARVED;
    }
    int end = data.u8(feed - 1) == '\r' && feed > at ? feed - 1 : feed;
    int kind = data.u8(at);
    if (expected == 0) {
      type = kind;
      values.clear();
      expected = 1;
    }
    if (Resp.single(kind)) {
      keep(data, at + 1, end);
      expected--;
      data.consume(feed + 1 - at);
      return outcome();
    }
    long number = Resp.number(data, at + 1, end);
    if (number == Resp.INVALID) {
      return Outcome.BROKEN;
    }
    if (Resp.bulk(kind)) {
      return bulk(data, feed + 1, number);
    }
    if (!Resp.aggregate(kind) || number > LONGEST_BULK) {
      return Outcome.BROKEN;
    }
    long inside = Math.max(0, number) * (kind == '%' || kind == '|' ? 2 : 1);
    // An attribute stands before the value that it belongs to.
    expected += kind == '|' ? inside : inside - 1;
    data.consume(feed + 1 - at);
    return outcome();
  }

  private Outcome bulk(Bytes data, int start, long length) {
    if (length > LONGEST_BULK) {
      return Outcome.BROKEN;
    }
    if (length >= 0) {
      int kept = (int) Math.min(length, KEPT_BYTES);
      if (data.length() - start < kept) {
        return Outcome.STARVED;
      }
      keep(data, start, start + kept);
      skip = length + (transfer ? 0 : 2);
      transfer = false;
    }
    expected--;
    data.consume(start - data.consumed());
    return skip > 0 ? Outcome.VALUE : outcome();
  }

  private void keep(Bytes data, int from, int to) {
    if (values.size() < KEPT_VALUES) {
      values.add(data.text(from, Math.min(to, from + KEPT_BYTES)));
    }
  }

  private Outcome outcome() {
    return expected == 0 ? Outcome.MESSAGE : Outcome.VALUE;
  }
}
