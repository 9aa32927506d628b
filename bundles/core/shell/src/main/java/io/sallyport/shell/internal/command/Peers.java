/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.network.Peer;

/** How users name an end of a conversation. */
final class Peers {
  private static final int MIN_ID = 8;

  private Peers() {}

  /** Whether an end goes by this name: its own, its group's, its id or the beginning of that. */
  static boolean named(Peer peer, String name) {
    return peer.name().equals(name)
        || peer.group().equals(name)
        || peer.id().equals(name)
        || (name.length() >= MIN_ID && peer.id().startsWith(name));
  }
}
