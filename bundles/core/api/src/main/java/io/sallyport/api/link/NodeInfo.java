/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.common.IpAddress;
import java.util.List;

/**
 * A host with an enforcer.
 *
 * @param id stable across restarts
 * @param name the host's name
 * @param addresses the host's own addresses
 * @param kernel the kernel's release
 * @param os the distribution's name
 * @param cpus processors
 * @param memory bytes
 * @param version Sallyport's version
 * @param platform the runtimes found, as in {@code docker, containerd}
 */
public record NodeInfo(
    String id,
    String name,
    List<IpAddress> addresses,
    String kernel,
    String os,
    int cpus,
    long memory,
    String version,
    String platform) {
  /** Copies the addresses. */
  public NodeInfo {
    addresses = List.copyOf(addresses);
  }
}
