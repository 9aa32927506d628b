/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/** NeuVector's structs for sessions and packet captures. */
public final class SessionStructs {
  private SessionStructs() {}

  /** {@code RESTSession}; ages in seconds. */
  @SnakeCase
  public record RestSession(
      long id,
      String workloadId,
      int etherType,
      String application,
      String clientMac,
      String serverMac,
      String clientIp,
      String serverIp,
      int clientPort,
      int serverPort,
      int icmpCode,
      int icmpType,
      int ipProto,
      String clientState,
      String serverState,
      long clientPkts,
      long serverPkts,
      long clientBytes,
      long serverBytes,
      long clientAsmPkts,
      long serverAsmPkts,
      long clientAsmBytes,
      long serverAsmBytes,
      long age,
      long idle,
      long life,
      boolean ingress,
      boolean tap,
      boolean midStream,
      int policyId,
      String policyAction,
      String xffIp,
      String xffApp,
      int xffPort) {}

  /** {@code RESTSessionSummary}. */
  @SnakeCase
  public record RestSessionSummary(
      long curSessions,
      long curTcpSessions,
      long curUdpSessions,
      long curIcmpSessions,
      long curIpSessions) {}

  /**
   * {@code RESTSnifferInfo}; times in seconds since the epoch.
   *
   * @param problem why it failed; Sallyport's own
   */
  @SnakeCase
  public record RestSnifferInfo(
      String id,
      String enforcerId,
      String containerId,
      int fileNumber,
      long size,
      String status,
      String args,
      long startTime,
      long stopTime,
      @JsonInclude(Include.NON_EMPTY) String problem) {}

  /** {@code RESTSnifferArgs}. */
  @SnakeCase
  public record RestSnifferArgs(
      @Nullable Integer fileNumber, @Nullable Integer duration, @Nullable String filter) {}

  /** {@code RESTSnifferArgsData}. */
  @SnakeCase
  public record RestSnifferArgsData(@Nullable RestSnifferArgs sniffer) {}
}
