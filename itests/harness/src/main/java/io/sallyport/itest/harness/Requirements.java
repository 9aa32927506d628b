/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine needs for real containers. */
public final class Requirements {
  private static final List<String> PROGRAMS =
      List.of("ip", "runc", "containerd", "ctr", "dockerd", "docker", "jq", "dpkg-deb", "apt-get");

  private Requirements() {}

  /** What is missing for real containers here, in words; empty when nothing is. */
  public static Optional<String> missing() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return Optional.of("real containers need Linux");
    }
    if (!Files.isWritable(Path.of("/proc/sys/net/ipv4/ip_forward"))) {
      return Optional.of("real containers and network namespaces need root");
    }
    List<String> absent = PROGRAMS.stream().filter(program -> !installed(program)).toList();
    return absent.isEmpty()
        ? Optional.empty()
        : Optional.of("not installed: " + String.join(", ", absent));
  }

  private static boolean installed(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    return Stream.concat(Arrays.stream(path.split(":")), Stream.of("/usr/sbin", "/sbin"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
