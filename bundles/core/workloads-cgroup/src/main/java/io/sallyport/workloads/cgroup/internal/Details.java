/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.cgroup.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.api.workload.Container;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What files on the host tell about a container beside its processes. */
final class Details {
  private static final Path PODMAN =
      Path.of("/var/lib/containers/storage/overlay-containers/containers.json");
  private static final Path RUNC = Path.of("/run/runc");
  private static final int MAX_FILE = 8 << 20;
  private static final int SHORT_ID = 12;

  private final JsonMapper json = new JsonMapper();

  Container container(Path process, int pid, CgroupPath cgroup) throws IOException {
    String id = cgroup.id();
    String runtime = cgroup.runtime();
    if (id.isEmpty()) {
      // A group of its own bears the name the user gave; one that is shared with who started the
      // container tells nothing, then the namespace has to stand for it.
      boolean own = !cgroup.leaf().isEmpty() && !sharedWithParent(process);
      id = own ? cgroup.leaf() : namespaceId(process, cgroup);
      runtime = own && Files.exists(RUNC.resolve(id)) ? "runc" : runtime;
    }
    if (runtime.isEmpty()) {
      runtime = runtimeByEnvironment(process);
    }
    // As runtimes show an id whose container has no name.
    String name = cgroup.id().isEmpty() ? id : id.substring(0, SHORT_ID);
    String image = "";
    if (runtime.equals("podman")) {
      JsonNode entry = podman(id);
      if (entry != null) {
        name = entry.path("names").path(0).asText(name);
        image = nested(entry.path("metadata").asText()).path("image-name").asText();
      }
    }
    return new Container(id, name, image, "", Map.of(), pid, runtime, "", List.of(), null, null);
  }

  private static boolean sharedWithParent(Path process) throws IOException {
    Path parent = process.resolveSibling(ProcStatus.field(process, "PPid")).resolve("cgroup");
    return Files.exists(parent)
        && Files.readString(parent).equals(Files.readString(process.resolve("cgroup")));
  }

  private static String namespaceId(Path process, CgroupPath cgroup) throws IOException {
    String link = Files.readSymbolicLink(process.resolve("ns/pid")).toString();
    String inode = link.replaceAll("\\D", "");
    return (cgroup.leaf().isEmpty() ? "container" : cgroup.leaf()) + "-" + inode;
  }

  /** Runtimes tell the first process which of them runs it ({@code container=lxc}). */
  private static String runtimeByEnvironment(Path process) throws IOException {
    byte[] environment;
    try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
      environment = in.readNBytes(256 << 10);
    }
    for (String entry : new String(environment, StandardCharsets.UTF_8).split("\0", -1)) {
      if (entry.startsWith("container=")) {
        return entry.substring("container=".length());
      }
    }
    return "oci";
  }

  private @Nullable JsonNode podman(String id) {
    for (JsonNode entry : read(PODMAN)) {
      if (entry.path("id").asText().equals(id)) {
        return entry;
      }
    }
    return null;
  }

  private JsonNode read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return json.readTree(in.readNBytes(MAX_FILE));
    } catch (IOException e) {
      // Podman keeps its containers elsewhere, or is writing the file; the id has to do.
      return json.createArrayNode();
    }
  }

  private JsonNode nested(String text) {
    try {
      return json.readTree(text);
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }
}
