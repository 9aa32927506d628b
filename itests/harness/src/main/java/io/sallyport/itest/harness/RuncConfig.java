/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The runtime configuration of a bundle (OCI runtime specification 1.0), as docker would write it.
 */
final class RuncConfig {
  private static final List<String> CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FSETID",
          "CAP_FOWNER",
          "CAP_MKNOD",
          "CAP_NET_RAW",
          "CAP_SETGID",
          "CAP_SETUID",
          "CAP_SETFCAP",
          "CAP_SETPCAP",
          "CAP_NET_BIND_SERVICE",
          "CAP_SYS_CHROOT",
          "CAP_KILL",
          "CAP_AUDIT_WRITE");
  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private RuncConfig() {}

  static byte[] json(ContainerSpec spec, String id) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("ociVersion", "1.0.2");
    config.put("hostname", id);
    config.put("root", Map.of("path", "rootfs", "readonly", false));
    config.put("process", process(spec));
    config.put("mounts", mounts());
    config.put("annotations", spec.labels());
    config.put(
        "linux",
        Map.of(
            "namespaces",
            namespaces(spec),
            "cgroupsPath",
            "/" + TestRun.current().tag() + "/" + id));
    try {
      return new ObjectMapper().writeValueAsBytes(config);
    } catch (JsonProcessingException e) {
      throw new HarnessException("cannot write the configuration of " + id, e);
    }
  }

  private static Map<String, Object> process(ContainerSpec spec) {
    List<String> environment = new ArrayList<>(List.of(PATH));
    environment.addAll(Images.environment(spec.image()));
    environment.addAll(spec.environment());
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("terminal", false);
    process.put("user", Map.of("uid", 0, "gid", 0));
    process.put("args", spec.command().isEmpty() ? Images.command(spec.image()) : spec.command());
    process.put("env", environment);
    process.put("cwd", "/");
    process.put(
        "capabilities",
        Map.of("bounding", CAPABILITIES, "effective", CAPABILITIES, "permitted", CAPABILITIES));
    return process;
  }

  private static List<Map<String, String>> namespaces(ContainerSpec spec) {
    List<Map<String, String>> all = new ArrayList<>();
    for (String type : List.of("pid", "ipc", "uts", "mount")) {
      all.add(Map.of("type", type));
    }
    all.add(
        spec.host()
            .map(host -> Map.of("type", "network", "path", host.path().toString()))
            .orElse(Map.of("type", "network")));
    return all;
  }

  private static List<Map<String, Object>> mounts() {
    return List.of(
        mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"),
        mount("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
        mount("/dev/pts", "devpts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666"),
        mount("/dev/shm", "tmpfs", "shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
        mount("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro"));
  }

  private static Map<String, Object> mount(
      String destination, String type, String source, String... options) {
    return Map.of(
        "destination", destination, "type", type, "source", source, "options", List.of(options));
  }
}
