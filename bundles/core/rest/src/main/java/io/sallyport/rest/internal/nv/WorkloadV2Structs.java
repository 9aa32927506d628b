/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestIpAddr;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestScanBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadPorts;
import java.util.List;
import java.util.Map;

/** NeuVector's structs for workloads in {@code /v2}. */
public final class WorkloadV2Structs {
  private WorkloadV2Structs() {}

  /** {@code RESTWorkloadBriefV2}. */
  @SnakeCase
  public record RestWorkloadBriefV2(
      String id,
      String name,
      String displayName,
      String hostName,
      String hostId,
      String image,
      String imageId,
      String imageDigest,
      List<String> imageRepoDigests,
      String imageCreatedAt,
      boolean imageRegScanned,
      String domain,
      String state,
      String service,
      String author,
      String serviceGroup) {}

  /** {@code RESTWorkloadSecurityV2}. */
  @SnakeCase
  public record RestWorkloadSecurityV2(
      boolean capSniff,
      boolean capQuarantine,
      boolean capChangeMode,
      boolean serviceMesh,
      boolean serviceMeshSidecar,
      String policyMode,
      String profileMode,
      String baselineProfile,
      @JsonInclude(Include.NON_EMPTY) String quarantineReason,
      RestScanBrief scanSummary) {}

  /** {@code RESTWorkloadRtAttribesV2}. */
  @SnakeCase
  public record RestWorkloadRtAttribesV2(
      String podName,
      @JsonInclude(Include.NON_EMPTY) String shareNsWith,
      boolean privileged,
      boolean runAsRoot,
      Map<String, String> labels,
      long memoryLimit,
      String cpus,
      String serviceAccount,
      String networkMode,
      Map<String, List<RestIpAddr>> interfaces,
      List<RestWorkloadPorts> ports,
      List<String> applications) {}

  /** {@code RESTWorkloadV2} without its children. */
  @SnakeCase
  public record WorkloadPartsV2(
      RestWorkloadBriefV2 brief,
      RestWorkloadSecurityV2 security,
      RestWorkloadRtAttribesV2 rtAttributes,
      String enforcerId,
      String enforcerName,
      String platformRole,
      String createdAt,
      String startedAt,
      String finishedAt,
      boolean running,
      String securedAt,
      int exitCode) {}

  /** {@code RESTWorkloadV2}. */
  @SnakeCase
  public record RestWorkloadV2(
      @JsonUnwrapped WorkloadPartsV2 parts, List<RestWorkloadV2> children) {}

  /** {@code RESTWorkloadDetailMiscV2}. */
  @SnakeCase
  public record RestWorkloadDetailMiscV2(
      List<String> groups, Map<String, String> appPorts, List<RestWorkloadDetailV2> children) {}

  /** {@code RESTWorkloadDetailV2}. */
  @SnakeCase
  public record RestWorkloadDetailV2(
      @JsonUnwrapped WorkloadPartsV2 parts,
      List<RestWorkloadV2> children,
      RestWorkloadDetailMiscV2 misc) {}
}
