/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupPathTest {
  private static final String A = "a1b2c3d4".repeat(8);
  private static final String B = "00112233".repeat(8);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0::/|''|''|''|false",
        "0::/init.scope|''|''|''|false",
        "0::/system.slice/ssh.service|''|''|ssh.service|false",
        "9:pids:/docker/A|A|docker|A|false",
        "0::/system.slice/docker-A.scope|A|docker|docker-A.scope|false",
        "0::/docker/B/docker/A/init.scope|A|docker|A|false",
        "0::/machine.slice/libpod-A.scope/container|A|podman|libpod-A.scope|false",
        "0::/machine.slice/libpod-conmon-A.scope|A|podman|libpod-conmon-A.scope|true",
        "8:pids:/libpod_parent/libpod-A|A|podman|libpod-A|false",
        "0::/kubepods.slice/kubepods-pod12.slice/cri-containerd-A.scope|A|containerd|cri-containerd-A.scope|false",
        "0::/kubepods/besteffort/pod12/A|A|''|A|false",
        "5:memory:/kubepods.slice/kubepods-pod12.slice/crio-A.scope|A|cri-o|crio-A.scope|false",
        "4:cpu:/k8s.io/A|A|''|A|false",
        "4:cpu:/web1|''|''|web1|false",
        "0::/lxc.payload.web|''|''|lxc.payload.web|false",
      })
  void readsTheHabitsOfRuntimes(
      String line, String id, String runtime, String leaf, boolean helper) {
    CgroupPath path = CgroupPath.of(expand(line) + "\n");
    assertThat(path).isEqualTo(new CgroupPath(expand(id), runtime, expand(leaf), helper));
  }

  private static String expand(String text) {
    return text.replaceAll("\\bA\\b", A).replaceAll("\\bB\\b", B);
  }

  @ParameterizedTest
  @CsvSource({"11:name=systemd:/user.slice/session-1.scope,8:pids:/web1"})
  void prefersAControllersGroupToSystemds(String systemd, String pids) {
    assertThat(CgroupPath.of(systemd + "\n" + pids + "\n").leaf()).isEqualTo("web1");
    assertThat(CgroupPath.of(pids + "\n" + systemd + "\n").leaf()).isEqualTo("web1");
  }

  @ParameterizedTest
  @CsvSource({"''", "x", "0::", "::::"})
  void nonsenseSaysNothing(String line) {
    assertThat(CgroupPath.of(line).id()).isEmpty();
  }
}
