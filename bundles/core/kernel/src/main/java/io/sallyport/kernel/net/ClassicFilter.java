/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A classic BPF program, linux/filter.h.
 *
 * @param instructions one to 4,096; the kernel checks them when the filter is attached
 */
public record ClassicFilter(List<Instruction> instructions) {
  private static final int MAX_INSTRUCTIONS = 4096; // BPF_MAXINSNS
  private static final int RETURN_CONSTANT = 0x06; // BPF_RET | BPF_K
  // struct sock_filter { u16 code; u8 jt; u8 jf; u32 k }
  private static final long SIZE = 8;

  /**
   * One instruction.
   *
   * @param code the operation
   * @param ifTrue how many instructions to skip if a comparison holds
   * @param ifFalse how many to skip if it does not
   * @param value the operand
   */
  public record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  /** Checks the size. */
  public ClassicFilter {
    instructions = List.copyOf(instructions);
    if (instructions.isEmpty() || instructions.size() > MAX_INSTRUCTIONS) {
      throw new IllegalArgumentException(
          "a filter has 1 to " + MAX_INSTRUCTIONS + " instructions, not " + instructions.size());
    }
  }

  /** Passes the first {@code bytes} of every packet; 0 passes nothing. */
  public static ClassicFilter first(int bytes) {
    return new ClassicFilter(List.of(new Instruction(RETURN_CONSTANT, 0, 0, bytes)));
  }

  int size() {
    return instructions.size();
  }

  MemorySegment write(Arena arena) {
    MemorySegment code = arena.allocate(SIZE * size(), Integer.BYTES);
    long at = 0;
    for (Instruction instruction : instructions) {
      code.set(JAVA_SHORT, at, (short) instruction.code());
      code.set(JAVA_BYTE, at + 2, (byte) instruction.ifTrue());
      code.set(JAVA_BYTE, at + 3, (byte) instruction.ifFalse());
      code.set(JAVA_INT, at + 4, instruction.value());
      at += SIZE;
    }
    return code;
  }
}
