/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadIdentity;
import java.util.List;

/** NeuVector's structs for conversations. */
public final class ConversationStructs {
  private ConversationStructs() {}

  /** {@code RESTConversationEndpoint}. */
  @SnakeCase
  public record RestConversationEndpoint(
      String kind, @JsonUnwrapped WorkloadIdentity identity, List<RestWorkloadBrief> children) {}

  /** {@code RESTConversationReportEntry}; the time in seconds since the epoch. */
  @SnakeCase
  public record RestConversationReportEntry(
      long bytes,
      long sessions,
      @JsonInclude(Include.NON_EMPTY) String port,
      @JsonInclude(Include.NON_EMPTY) String application,
      String policyAction,
      @JsonInclude(Include.NON_EMPTY) String clientIp,
      @JsonInclude(Include.NON_EMPTY) String serverIp,
      long lastSeenAt) {}

  /** {@code RESTConversationReport} without its entries. */
  @SnakeCase
  public record ConversationTotals(
      long bytes,
      long sessions,
      String severity,
      String policyAction,
      @JsonInclude(Include.NON_EMPTY) List<String> protocols,
      @JsonInclude(Include.NON_EMPTY) List<String> applications,
      @JsonInclude(Include.NON_EMPTY) List<String> ports) {}

  /** {@code RESTConversationCompact} with its report. */
  @SnakeCase
  public record RestConversationCompact(
      String from,
      String to,
      @JsonUnwrapped ConversationTotals totals,
      List<RestConversationReportEntry> entries) {}

  /** {@code RESTConversation} with its report. */
  @SnakeCase
  public record RestConversation(
      RestConversationEndpoint from,
      RestConversationEndpoint to,
      @JsonUnwrapped ConversationTotals totals,
      List<RestConversationReportEntry> entries) {}

  /** {@code RESTConversationEntry}. */
  @SnakeCase
  public record RestConversationEntry(
      long bytes,
      long sessions,
      String port,
      String mappedPort,
      String application,
      @JsonProperty("Server") String server,
      String threatName,
      String severity,
      String policyAction,
      int policyId,
      String lastSeenAt,
      String clientIp,
      String serverIp,
      String fqdn,
      boolean xff,
      boolean toSidecar,
      boolean nbe) {}

  /** {@code RESTConversationDetail} with its report. */
  @SnakeCase
  public record RestConversationDetail(
      @JsonUnwrapped ConversationTotals totals, List<RestConversationEntry> entries) {}
}
