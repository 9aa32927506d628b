/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.network.Peer;

/**
 * An end of a conversation, as it is told from others.
 *
 * @param kind what it is
 * @param id the workload's id, the node's id, or the address
 */
record End(Peer.Kind kind, String id) {
  static End workload(String id) {
    return new End(Peer.Kind.WORKLOAD, id);
  }

  static End node(String id) {
    return new End(Peer.Kind.NODE, id);
  }

  static End address(IpAddress address) {
    return new End(Peer.Kind.ADDRESS, address.toString());
  }

  boolean outside() {
    return kind == Peer.Kind.ADDRESS;
  }
}
