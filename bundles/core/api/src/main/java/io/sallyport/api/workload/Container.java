/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A running container as its source knows it.
 *
 * @param id the runtime's full id; the same container has the same id in every source
 * @param name the name without a leading slash; the id where it has none
 * @param image the image as the user named it, empty when unknown
 * @param imageId the image's digest or id, empty when unknown
 * @param labels the container's labels
 * @param pid the host's process id of the container's first process
 * @param runtime which runtime runs it: {@code docker}, {@code containerd}, {@code podman}, ...
 * @param runtimeNamespace the runtime's own namespace (containerd), empty where there is none
 * @param publishedPorts ports of the host that lead into the container
 * @param createdAt when it was created, null when unknown
 * @param startedAt when it was started, null when unknown
 */
public record Container(
    String id,
    String name,
    String image,
    String imageId,
    Map<String, String> labels,
    int pid,
    String runtime,
    String runtimeNamespace,
    List<PublishedPort> publishedPorts,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt) {
  /** Copies the collections. */
  public Container {
    labels = Map.copyOf(labels);
    publishedPorts = List.copyOf(publishedPorts);
  }
}
