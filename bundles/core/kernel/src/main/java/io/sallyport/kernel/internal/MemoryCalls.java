/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** Memory that the kernel shares with us. */
@SuppressWarnings("restricted")
public final class MemoryCalls {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED = 1;

  private static final MethodHandle MMAP =
      Native.function(
          "mmap",
          FunctionDescriptor.of(
              ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      Native.function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

  private MemoryCalls() {}

  /**
   * Maps {@code length} bytes of a descriptor to read and write. The memory is unmapped when the
   * arena closes; access after that throws and never touches the address.
   *
   * @return the memory, or null on failure, with the error number in {@link Native#errno()}
   */
  public static @Nullable MemorySegment map(int fd, long length, Arena arena) {
    try {
      MemorySegment start =
          (MemorySegment)
              MMAP.invokeExact(
                  Native.state(), MemorySegment.NULL, length, PROT_READ_WRITE, MAP_SHARED, fd, 0L);
      return start.address() == -1L
          ? null
          : start.reinterpret(length, arena, mapped -> unmap(mapped, length));
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }

  private static void unmap(MemorySegment start, long length) {
    try {
      int result = (int) MUNMAP.invokeExact(Native.state(), start, length);
      assert result == 0 : "munmap failed with errno " + Native.errno();
    } catch (Throwable t) {
      throw Native.unexpected(t);
    }
  }
}
