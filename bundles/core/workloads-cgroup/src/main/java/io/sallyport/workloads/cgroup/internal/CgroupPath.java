/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the path of a control group says of the container in it.
 *
 * @param id the runtime's container id, empty where the path has none
 * @param runtime the runtime by the path's habits, empty where they are unknown
 * @param leaf the last name of the path that is more than a fixed word, empty at the root
 * @param helper whether this is the group of a runtime's own helper, not of a container
 */
record CgroupPath(String id, String runtime, String leaf, boolean helper) {
  private static final Pattern ID =
      Pattern.compile(
          "(?:^|[/:])(?:(docker|libpod|crio|cri-containerd|buildah)-)?(conmon-)?"
              + "([0-9a-f]{64})(?:\\.scope)?(?=/|$)");
  private static final Pattern FIXED =
      Pattern.compile("init\\.scope|payload|container|.*\\.slice|user@\\d+\\.service");

  /** Reads {@code /proc/PID/cgroup}, of either version. */
  static CgroupPath of(String file) {
    CgroupPath best = new CgroupPath("", "", "", false);
    for (String line : file.split("\n", -1)) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3) {
        CgroupPath path = ofPath(parts[2]);
        if (!path.id().isEmpty()) {
          return path;
        }
        // The hierarchies of version 1 may disagree; systemd's own names the service, not the
        // container.
        boolean systemd = parts[1].equals("name=systemd");
        if (!path.leaf().isEmpty() && (best.leaf().isEmpty() || !systemd)) {
          best = path;
        }
      }
    }
    return best;
  }

  private static CgroupPath ofPath(String path) {
    Matcher matcher = ID.matcher(path);
    String id = "";
    String prefix = "";
    boolean helper = false;
    // The last one counts: a runtime within a container nests its groups.
    while (matcher.find()) {
      id = matcher.group(3);
      prefix = matcher.group(1) == null ? "" : matcher.group(1);
      helper = matcher.group(2) != null;
    }
    return new CgroupPath(id, runtime(prefix, path), leaf(path), helper);
  }

  private static String runtime(String prefix, String path) {
    return switch (prefix) {
      case "docker" -> "docker";
      case "libpod" -> "podman";
      case "crio" -> "cri-o";
      case "cri-containerd" -> "containerd";
      default -> {
        if (path.contains("/docker/")) {
          yield "docker";
        }
        yield path.contains("/libpod_parent/") ? "podman" : "";
      }
    };
  }

  private static String leaf(String path) {
    String[] names = path.split("/", -1);
    for (int i = names.length - 1; i >= 0; i--) {
      if (!names[i].isEmpty() && !FIXED.matcher(names[i]).matches()) {
        return names[i];
      }
    }
    return "";
  }
}
