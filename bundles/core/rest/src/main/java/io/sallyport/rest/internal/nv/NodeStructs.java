/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.rest.internal.nv.WorkloadStructs.RestIpAddr;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestScanBrief;
import java.util.List;
import java.util.Map;

/** NeuVector's structs for hosts, enforcers, controllers and the whole. */
public final class NodeStructs {
  private NodeStructs() {}

  /** {@code RESTHost}. */
  @SnakeCase
  public record RestHost(
      String name,
      String id,
      String runtime,
      String runtimeVersion,
      String runtimeApiVersion,
      String platform,
      String os,
      String kernel,
      long cpus,
      long memory,
      int cgroupVersion,
      int containers,
      int pods,
      Map<String, List<RestIpAddr>> interfaces,
      String state,
      boolean capDockerBench,
      boolean capKubeBench,
      String policyMode,
      String profileMode,
      RestScanBrief scanSummary,
      String storageDriver,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  /** {@code RESTAgent}. */
  @SnakeCase
  public record RestAgent(
      String id,
      String name,
      String displayName,
      String hostName,
      String hostId,
      String version,
      Map<String, String> labels,
      String domain,
      String pidMode,
      String networkMode,
      String createdAt,
      String startedAt,
      String joinedAt,
      long memoryLimit,
      String cpus,
      String clusterIp,
      String connectionState,
      String disconnectedAt,
      boolean nvProtect) {}

  /** {@code RESTController}. */
  @SnakeCase
  public record RestController(
      String id,
      String name,
      String displayName,
      String hostName,
      String hostId,
      String version,
      Map<String, String> labels,
      String domain,
      String createdAt,
      String startedAt,
      String joinedAt,
      long memoryLimit,
      String cpus,
      String clusterIp,
      boolean leader,
      String connectionState,
      String disconnectedAt,
      String orchConnStatus,
      String orchConnLastError,
      boolean readPrimeConfig) {}

  /** {@code RESTSystemSummary}. */
  @SnakeCase
  public record RestSystemSummary(
      int hosts,
      int controllers,
      int enforcers,
      int disconnectedEnforcers,
      int domains,
      int workloads,
      int runningWorkloads,
      int runningPods,
      int services,
      int policyRules,
      int scanners,
      String platform,
      String kubeVersion,
      String openshiftVersion,
      String cvedbVersion,
      String cvedbCreateTime,
      List<String> componentVersions) {}
}
