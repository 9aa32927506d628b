/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.Direction;
import java.util.Arrays;

/** One step of a conversation: bytes that one side sends, or bytes of its that were lost. */
public final class Step {
  private final Direction direction;
  private final byte[] bytes;
  private final long gap;

  private Step(Direction direction, byte[] bytes, long gap) {
    this.direction = direction;
    this.bytes = bytes;
    this.gap = gap;
  }

  /** Bytes that are sent. */
  public static Step data(Direction direction, byte[] bytes) {
    return new Step(direction, bytes.clone(), 0);
  }

  /** Bytes that are lost. */
  public static Step gap(Direction direction, long count) {
    return new Step(direction, new byte[0], count);
  }

  /** Which way they go. */
  public Direction direction() {
    return direction;
  }

  /** How many bytes are sent. */
  public int length() {
    return bytes.length;
  }

  /** How many bytes are lost; 0 for bytes that arrive. */
  public long gap() {
    return gap;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes of {@code [from, to)} as a step of their own. */
  public Step part(int from, int to) {
    return new Step(direction, Arrays.copyOfRange(bytes, from, to), gap);
  }

  /** The same bytes the other way. */
  public Step reversed() {
    return new Step(direction.reverse(), bytes, gap);
  }
}
