/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FdTest {
  @Test
  void readsAndWrites(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "before");
    try (Fd fd = Fd.open(file, Fd.O_RDWR);
        Arena arena = Arena.ofConfined()) {
      assertThat(fd.write(arena.allocateFrom("after").asSlice(0, 5))).isEqualTo(5);
      MemorySegment rest = arena.allocate(16);
      assertThat(fd.read(rest)).isEqualTo(1);
      assertThat(rest.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 'e');
      assertThat(fd.read(rest)).isZero();
    }
    assertThat(file).hasContent("aftere");
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> Fd.open(Path.of("/proc/none/such"), Fd.O_RDONLY))
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
        .hasMessage("open /proc/none/such: No such file or directory (ENOENT)");
  }

  @Test
  void aSecondCloseDoesNotCloseTheNumbersNextOwner() {
    Fd first = Fd.open(Path.of("/dev/null"), Fd.O_RDONLY);
    int number = first.number();
    first.close();
    try (Fd second = Fd.open(Path.of("/dev/null"), Fd.O_RDONLY)) {
      first.close();
      assertThat(Files.exists(Path.of("/proc/self/fd/" + second.number()))).isTrue();
      assertThat(number).isNotNegative();
    }
  }

  @Test
  void refusesUseAfterClose() {
    Fd fd = Fd.open(Path.of("/dev/null"), Fd.O_RDONLY);
    fd.close();
    assertThat(fd.isOpen()).isFalse();
    assertThatThrownBy(fd::number)
        .isInstanceOfSatisfying(
            KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
  }

  @Test
  void refusesMemoryOfTheJavaHeap() {
    try (Fd fd = Fd.open(Path.of("/dev/zero"), Fd.O_RDONLY)) {
      assertThatThrownBy(() -> fd.read(MemorySegment.ofArray(new byte[8])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void namesUnknownErrorsByNumber() {
    assertThat(new KernelException("call", -4095)).hasMessage("call: Unknown error (4095)");
    assertThat(Errno.of(-11)).isEqualTo(Errno.EAGAIN);
    assertThat(Errno.of(Long.MIN_VALUE + 1)).isEqualTo(Errno.OTHER);
  }
}
