/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.Peer;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.ConversationStructs.ConversationTotals;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversation;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationCompact;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationDetail;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationEndpoint;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationEntry;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationReportEntry;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestScanBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Conversations in NeuVector's shape: between workloads and hosts each, while everything outside is
 * one endpoint, {@code external}.
 */
public final class ConversationMapper {
  private static final String EXTERNAL = "external";

  private final Picture picture;
  private final WorkloadMapper workloads;

  /** Of what the picture shows. */
  public ConversationMapper(Picture picture) {
    this.picture = picture;
    this.workloads = new WorkloadMapper(picture);
  }

  /** The id of an end of conversations. */
  public static String endpointId(Peer peer) {
    return peer.kind() == Peer.Kind.ADDRESS && peer.group().equals(EXTERNAL) ? EXTERNAL : peer.id();
  }

  /** Everyone who takes part in a conversation. */
  public List<RestConversationEndpoint> endpoints(Collection<Conversation> conversations) {
    Map<String, RestConversationEndpoint> endpoints = new LinkedHashMap<>();
    for (Conversation conversation : conversations) {
      for (Peer peer : List.of(conversation.from(), conversation.to())) {
        endpoints.computeIfAbsent(endpointId(peer), id -> endpoint(peer));
      }
    }
    return List.copyOf(endpoints.values());
  }

  /** Conversations with their ends by id. */
  public List<RestConversationCompact> compact(Collection<Conversation> conversations) {
    return byEnds(conversations).stream()
        .map(
            all ->
                new RestConversationCompact(
                    endpointId(all.from()),
                    endpointId(all.to()),
                    totals(all.entries()),
                    all.entries().stream().map(ConversationMapper::reportEntry).toList()))
        .toList();
  }

  /** Conversations with their ends in full. */
  public List<RestConversation> verbose(Collection<Conversation> conversations) {
    return byEnds(conversations).stream()
        .map(
            all ->
                new RestConversation(
                    endpoint(all.from()),
                    endpoint(all.to()),
                    totals(all.entries()),
                    all.entries().stream().map(ConversationMapper::reportEntry).toList()))
        .toList();
  }

  /** All of some conversations as one. */
  public RestConversationDetail detail(Collection<Conversation> conversations) {
    List<ConversationEntry> entries =
        conversations.stream().flatMap(each -> each.entries().stream()).toList();
    return new RestConversationDetail(
        totals(entries), entries.stream().map(ConversationMapper::entry).toList());
  }

  /** Those with the same two ends as one each. */
  private static List<Conversation> byEnds(Collection<Conversation> conversations) {
    Map<List<String>, Conversation> merged = new LinkedHashMap<>();
    for (Conversation each : conversations) {
      merged.merge(
          List.of(endpointId(each.from()), endpointId(each.to())),
          each,
          (one, other) -> {
            List<ConversationEntry> entries = new ArrayList<>(one.entries());
            entries.addAll(other.entries());
            return new Conversation(one.from(), one.to(), entries);
          });
    }
    return List.copyOf(merged.values());
  }

  private RestConversationEndpoint endpoint(Peer peer) {
    Workload workload = peer.kind() == Peer.Kind.WORKLOAD ? picture.workload(peer.id()) : null;
    if (workload != null) {
      return new RestConversationEndpoint(
          "container", workloads.identity(workload), workloads.briefChildren(workload, true));
    }
    return new RestConversationEndpoint(kind(peer), stranger(peer), List.of());
  }

  private static String kind(Peer peer) {
    return switch (peer.kind()) {
      case WORKLOAD -> "container";
      case NODE -> "nodeip";
      case ADDRESS -> endpointId(peer).equals(EXTERNAL) ? EXTERNAL : "address";
    };
  }

  private static WorkloadIdentity stranger(Peer peer) {
    String id = endpointId(peer);
    String name = id.equals(EXTERNAL) ? EXTERNAL : peer.name();
    return new WorkloadIdentity(
        id,
        name,
        name,
        "",
        "",
        "",
        "",
        "",
        "",
        List.of(),
        "",
        false,
        "",
        peer.domain(),
        "",
        "",
        "",
        peer.group(),
        "",
        false,
        false,
        false,
        false,
        "",
        "",
        RestScanBrief.NONE,
        "",
        false,
        false,
        false,
        false,
        "");
  }

  private static ConversationTotals totals(List<ConversationEntry> entries) {
    TreeSet<String> protocols = new TreeSet<>();
    TreeSet<String> applications = new TreeSet<>();
    TreeSet<String> ports = new TreeSet<>();
    long bytes = 0;
    long sessions = 0;
    ConversationEntry.Action action = ConversationEntry.Action.OPEN;
    for (ConversationEntry entry : entries) {
      bytes += entry.bytes();
      sessions += entry.sessions();
      action = entry.action().compareTo(action) > 0 ? entry.action() : action;
      protocols.add(entry.transport().name().toLowerCase(Locale.ROOT));
      ports.add(entry.portText());
      if (entry.application().known()) {
        applications.add(entry.application().name());
      }
    }
    return new ConversationTotals(
        bytes,
        Texts.uint32(sessions),
        "",
        action(action),
        List.copyOf(protocols),
        List.copyOf(applications),
        List.copyOf(ports));
  }

  private static RestConversationReportEntry reportEntry(ConversationEntry entry) {
    return new RestConversationReportEntry(
        entry.bytes(),
        Texts.uint32(entry.sessions()),
        entry.portText(),
        entry.application().name(),
        action(entry.action()),
        first(entry.clientAddresses()),
        first(entry.serverAddresses()),
        Texts.seconds(entry.lastSeen()));
  }

  private static RestConversationEntry entry(ConversationEntry entry) {
    return new RestConversationEntry(
        entry.bytes(),
        Texts.uint32(entry.sessions()),
        entry.portText(),
        "",
        entry.application().name(),
        "",
        "",
        "",
        action(entry.action()),
        entry.ruleId(),
        Texts.time(entry.lastSeen()),
        first(entry.clientAddresses()),
        first(entry.serverAddresses()),
        "",
        false,
        false,
        false);
  }

  /** NeuVector's word for an action: the same, in small letters. */
  public static String action(ConversationEntry.Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  private static String first(List<IpAddress> addresses) {
    return addresses.isEmpty() ? "" : addresses.getFirst().toString();
  }
}
