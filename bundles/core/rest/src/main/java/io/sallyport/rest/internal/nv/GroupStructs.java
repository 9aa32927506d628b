/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadBrief;
import java.util.List;

/** NeuVector's structs for groups and namespaces. */
public final class GroupStructs {
  private GroupStructs() {}

  /** {@code CriteriaEntry}. */
  @SnakeCase
  public record CriteriaEntry(String key, String value, String op) {}

  /** {@code RESTGroupBrief}. */
  @SnakeCase
  public record RestGroupBrief(
      String name,
      String comment,
      boolean learned,
      boolean reserved,
      @JsonInclude(Include.NON_EMPTY) String policyMode,
      @JsonInclude(Include.NON_EMPTY) String profileMode,
      boolean notScored,
      String domain,
      List<String> createrDomains,
      String kind,
      String platformRole,
      String cfgType,
      String baselineProfile,
      boolean monitorMetric,
      int groupSessCur,
      int groupSessRate,
      int groupBandWidth) {}

  /**
   * {@code RESTGroup}, and {@code RESTGroupDetail} as well, which differs in the type of its rules:
   * there are none.
   */
  @SnakeCase
  public record RestGroup(
      @JsonUnwrapped RestGroupBrief brief,
      List<CriteriaEntry> criteria,
      List<RestWorkloadBrief> members,
      List<Integer> policyRules,
      List<Integer> responseRules) {}

  /** {@code RESTDomain}. */
  @SnakeCase
  public record RestDomain(
      String name,
      int workloads,
      int runningWorkloads,
      int runningPods,
      int services,
      List<String> tags,
      java.util.Map<String, String> labels,
      boolean nbe) {}
}
