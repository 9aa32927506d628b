/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import io.sallyport.api.common.IpAddress;
import java.util.List;

/**
 * A container in its place: on a node, in a network namespace, as part of a service.
 *
 * @param container what the source knows of it
 * @param nodeId the node it runs on
 * @param networkNamespace the inode of its network namespace, 0 when it could not be read
 * @param hostNetwork whether it has no network namespace of its own; such a container's packets
 *     cannot be told from the host's
 * @param addresses its addresses, without loopback and link-local ones
 * @param service the service it belongs to
 * @param domain the namespace, project or stack it belongs to, empty where there is none
 * @param networkOwner the id of the container that speaks for this network namespace; another
 *     container's than this one's where several share it, as in a pod
 */
public record Workload(
    Container container,
    String nodeId,
    long networkNamespace,
    boolean hostNetwork,
    List<IpAddress> addresses,
    String service,
    String domain,
    String networkOwner) {
  /** Copies the addresses. */
  public Workload {
    addresses = List.copyOf(addresses);
  }

  /** The container's id. */
  public String id() {
    return container.id();
  }

  /** The container's name. */
  public String name() {
    return container.name();
  }

  /** The learned group: {@code nv.<service>.<domain>}, or {@code nv.<service>}. */
  public String group() {
    return domain.isEmpty() ? "nv." + service : "nv." + service + "." + domain;
  }
}
