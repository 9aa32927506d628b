/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;

/**
 * NeuVector's structs for workloads. Component names are the members' names in camel case; what the
 * model does not know is empty, zero or false, but always there.
 */
public final class WorkloadStructs {
  private WorkloadStructs() {}

  /** {@code RESTScanBrief}. */
  @SnakeCase
  public record RestScanBrief(
      String status,
      int critical,
      int high,
      int medium,
      String result,
      long scannedTimestamp,
      String scannedAt,
      String baseOs,
      String scannerVersion,
      String cvedbCreateTime) {
    /** Never scanned. */
    static final RestScanBrief NONE = new RestScanBrief("", 0, 0, 0, "", 0, "", "", "", "");
  }

  /** {@code RESTIPAddr}. */
  @SnakeCase
  public record RestIpAddr(String ip, int ipPrefix, String gateway) {}

  /** {@code RESTWorkloadPorts}. */
  @SnakeCase
  public record RestWorkloadPorts(int ipProto, int port, String hostIp, int hostPort) {}

  /** {@code RESTWorkloadBrief} without its children. */
  @SnakeCase
  public record WorkloadIdentity(
      String id,
      String name,
      String displayName,
      String podName,
      String hostName,
      String hostId,
      String image,
      String imageId,
      String imageDigest,
      List<String> imageRepoDigests,
      String imageCreatedAt,
      boolean imageRegScanned,
      String platformRole,
      String domain,
      String state,
      String service,
      String author,
      String serviceGroup,
      @JsonInclude(Include.NON_EMPTY) String shareNsWith,
      boolean capSniff,
      boolean hasDatapath,
      boolean capQuarantine,
      boolean capChangeMode,
      String policyMode,
      String profileMode,
      RestScanBrief scanSummary,
      @JsonInclude(Include.NON_EMPTY) String quarantineReason,
      boolean serviceMesh,
      boolean serviceMeshSidecar,
      boolean privileged,
      boolean runAsRoot,
      String baselineProfile) {}

  /** What {@code RESTWorkload} has more than {@code RESTWorkloadBrief}. */
  @SnakeCase
  public record WorkloadRuntime(
      String enforcerId,
      String enforcerName,
      String networkMode,
      String createdAt,
      String startedAt,
      String finishedAt,
      boolean running,
      String securedAt,
      int exitCode,
      Map<String, List<RestIpAddr>> interfaces,
      List<RestWorkloadPorts> ports,
      Map<String, String> labels,
      List<String> applications,
      long memoryLimit,
      String cpus,
      String serviceAccount) {}

  /** {@code RESTWorkloadBrief}. */
  @SnakeCase
  public record RestWorkloadBrief(
      @JsonUnwrapped WorkloadIdentity identity, List<RestWorkloadBrief> children) {}

  /** {@code RESTWorkload}. */
  @SnakeCase
  public record RestWorkload(
      @JsonUnwrapped WorkloadIdentity identity,
      @JsonUnwrapped WorkloadRuntime runtime,
      List<RestWorkload> children) {}

  /** {@code RESTWorkloadDetail}. */
  @SnakeCase
  public record RestWorkloadDetail(
      @JsonUnwrapped WorkloadIdentity identity,
      @JsonUnwrapped WorkloadRuntime runtime,
      List<String> groups,
      Map<String, String> appPorts,
      List<RestWorkloadDetail> children) {}
}
