/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import io.sallyport.api.dpi.Bytes;

/**
 * The fixed part of a message (RFC 1035, 4.1.1).
 *
 * @param flags the second word
 * @param questions how many questions
 * @param answers how many answer records
 * @param authorities how many authority records
 * @param additional how many additional records
 */
record Header(int flags, int questions, int answers, int authorities, int additional) {
  static final int LENGTH = 12;

  private static final int INVERSE_QUERY = 1;
  private static final int NOTIFY = 4;
  private static final int UPDATE = 5;

  static Header read(Bytes data, int at) {
    return new Header(
        data.u16(at + 2), data.u16(at + 4), data.u16(at + 6), data.u16(at + 8), data.u16(at + 10));
  }

  boolean response() {
    return (flags & 0x8000) != 0;
  }

  int opcode() {
    return flags >> 11 & 0xf;
  }

  int rcode() {
    return flags & 0xf;
  }

  /** Whether it says itself that it was cut. */
  boolean truncated() {
    return (flags & 0x0200) != 0;
  }

  int records() {
    return answers + authorities + additional;
  }

  /** Whether the numbers can be those of a message of this length. */
  boolean plausible(int length) {
    int opcode = opcode();
    if ((flags & 0x0040) != 0 || opcode == 3 || opcode > 5 || questions > 4) {
      return false;
    }
    // A question has at least 5 bytes, a record 11.
    if (LENGTH + questions * 5L + records() * 11L > length && !truncated()) {
      return false;
    }
    if (response()) {
      return questions > 0 || records() > 0 || (rcode() != 0 && length == LENGTH);
    }
    if (opcode == INVERSE_QUERY) {
      return rcode() == 0 && answers > 0; // it gives the answer and asks for the question
    }
    boolean carriesRecords = opcode == NOTIFY || opcode == UPDATE;
    return questions > 0
        && rcode() == 0
        && (carriesRecords || (answers == 0 && authorities <= 1 && additional <= 3));
  }

  /**
   * How much of it is as usual, for a message that has been damaged; at most 6. That so many fields
   * have just these values is no accident.
   */
  int usual() {
    int points = opcode() == 0 && (flags & 0x0040) == 0 ? 1 : 0;
    points += questions == 1 ? 2 : 0;
    int most = response() ? 20 : 0;
    points += answers <= most ? 1 : 0;
    points += authorities <= most ? 1 : 0;
    return points + (additional <= Math.max(1, most) ? 1 : 0);
  }

  /**
   * Whether all of it is just as in most messages: one question, nothing that a question does not
   * have, and flags of which at least one is set, so that it is not mere zeros and ones.
   */
  boolean typical() {
    int ordinary = response() ? 0x87bf : 0x0130;
    return usual() == 6 && flags != 0 && (flags & ~ordinary) == 0 && rcode() <= 5;
  }
}
