/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import java.util.List;

/**
 * A group of workloads, or one of the reserved ones.
 *
 * @param name {@code nv.<service>.<domain>}, {@code nodes}, {@code external}, {@code containers}
 * @param kind what its members are
 * @param learned whether it was learned; else it is reserved
 * @param service the service of a learned group, empty otherwise
 * @param domain its domain, empty where there is none
 * @param policyMode the network mode
 * @param profileMode the process and file mode
 * @param baseline the process baseline, {@code basic} or {@code zero-drift}
 * @param members ids of the workloads in it
 */
public record Group(
    String name,
    Kind kind,
    boolean learned,
    String service,
    String domain,
    Mode policyMode,
    Mode profileMode,
    String baseline,
    List<String> members) {
  /** Copies the members. */
  public Group {
    members = List.copyOf(members);
  }

  /** What the members of a group are. */
  public enum Kind {
    CONTAINER,
    NODE,
    EXTERNAL
  }
}
