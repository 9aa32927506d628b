/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

/**
 * An end of a conversation.
 *
 * @param kind what it is
 * @param id the workload's id, the node's id, the group's name, or the address
 * @param name what to show
 * @param group the group it belongs to: a learned group, {@code nodes} or {@code external}
 * @param domain its domain, empty where there is none
 */
public record Peer(Kind kind, String id, String name, String group, String domain) {
  /** What an end of a conversation can be. */
  public enum Kind {
    /** A container. */
    WORKLOAD,
    /** A host with an enforcer. */
    NODE,
    /** An address outside, or one nobody knows. */
    ADDRESS
  }
}
