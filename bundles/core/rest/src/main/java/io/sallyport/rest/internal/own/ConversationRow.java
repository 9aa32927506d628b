/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.own;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.rest.internal.nv.ConversationMapper;
import io.sallyport.rest.internal.nv.SnakeCase;
import io.sallyport.rest.internal.nv.Texts;
import java.util.List;

/** One application on one port between two ends; times in seconds since the epoch. */
@SnakeCase
public record ConversationRow(
    String from,
    String fromName,
    String to,
    String toName,
    String application,
    String port,
    long bytes,
    long sessions,
    String policyAction,
    int policyId,
    long firstSeenAt,
    long lastSeenAt,
    List<String> clientAddresses,
    List<String> serverAddresses) {

  /** A row for each entry. */
  public static List<ConversationRow> of(Conversation conversation) {
    return conversation.entries().stream().map(entry -> row(conversation, entry)).toList();
  }

  private static ConversationRow row(Conversation conversation, ConversationEntry entry) {
    return new ConversationRow(
        conversation.from().id(),
        conversation.from().name(),
        conversation.to().id(),
        conversation.to().name(),
        entry.application().name(),
        entry.portText(),
        entry.bytes(),
        entry.sessions(),
        ConversationMapper.action(entry.action()),
        entry.ruleId(),
        Texts.seconds(entry.firstSeen()),
        Texts.seconds(entry.lastSeen()),
        entry.clientAddresses().stream().map(IpAddress::toString).toList(),
        entry.serverAddresses().stream().map(IpAddress::toString).toList());
  }
}
