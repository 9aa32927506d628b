/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessesTest {
  @Test
  void aProcessDescriptorEndsWithItsProcess() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try (Fd handle = Processes.open((int) sleeper.pid())) {
      Processes.signal(handle, 0);
      assertThat(handle.poll(Fd.POLLIN, 0)).isZero();
      Processes.signal(handle, Processes.SIGKILL);
      assertThat(sleeper.waitFor()).isEqualTo(128 + Processes.SIGKILL);
      assertThat(handle.poll(Fd.POLLIN, -1) & Fd.POLLIN).isEqualTo(Fd.POLLIN);
      assertThatThrownBy(() -> Processes.signal(handle, 0))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESRCH));
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void signalsByNumber() throws Exception {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    try {
      Processes.signal((int) sleeper.pid(), Processes.SIGKILL);
      assertThat(sleeper.waitFor()).isEqualTo(128 + Processes.SIGKILL);
    } finally {
      sleeper.destroyForcibly();
    }
  }

  @Test
  void saysThatThereIsNoSuchProcess() {
    assertThatThrownBy(() -> Processes.open(Integer.MAX_VALUE))
        .isInstanceOf(KernelException.class)
        .hasMessageStartingWith("pidfd_open 2147483647: ");
  }
}
