/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import java.util.List;

/** Everything that one end, as client, said to another, as server. */
public record Conversation(Peer from, Peer to, List<ConversationEntry> entries) {
  /** Copies the entries. */
  public Conversation {
    entries = List.copyOf(entries);
  }

  /** Bytes of all entries. */
  public long bytes() {
    return entries.stream().mapToLong(ConversationEntry::bytes).sum();
  }

  /** Sessions of all entries. */
  public long sessions() {
    return entries.stream().mapToLong(ConversationEntry::sessions).sum();
  }
}
