/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostTest {
  @Test
  void knowsTheKernel() {
    assertThat(Host.release()).isEqualTo(System.getProperty("os.version"));
    assertThat(Host.atLeast(2, 6)).isTrue();
    assertThat(Host.atLeast(1000, 0)).isFalse();
    assertThat(Host.describesTypes()).isEqualTo(Files.exists(Path.of("/sys/kernel/btf/vmlinux")));
  }

  @Test
  void knowsWhatThisProcessMayDo() {
    TestNetwork.assumeRoot();
    assertThat(Host.capabilities()).contains(Capability.CAP_NET_ADMIN);
    assertThat(Host.missing(Capability.CAP_NET_ADMIN, Capability.CAP_NET_RAW)).isEmpty();
  }
}
