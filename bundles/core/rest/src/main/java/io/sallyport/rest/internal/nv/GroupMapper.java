/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.network.Group;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.GroupStructs.CriteriaEntry;
import io.sallyport.rest.internal.nv.GroupStructs.RestDomain;
import io.sallyport.rest.internal.nv.GroupStructs.RestGroup;
import io.sallyport.rest.internal.nv.GroupStructs.RestGroupBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadBrief;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Groups and namespaces in NeuVector's shape. */
public final class GroupMapper {
  private final Picture picture;
  private final WorkloadMapper workloads;

  /** Of what the picture shows. */
  public GroupMapper(Picture picture) {
    this.picture = picture;
    this.workloads = new WorkloadMapper(picture);
  }

  /** A group without its members. */
  public RestGroupBrief brief(Group group) {
    return new RestGroupBrief(
        group.name(),
        "",
        group.learned(),
        !group.learned(),
        group.policyMode().label(),
        group.profileMode().label(),
        false,
        group.domain(),
        List.of(),
        group.kind().name().toLowerCase(Locale.ROOT),
        "",
        group.learned() ? "learned" : "system_defined",
        group.baseline(),
        false,
        0,
        0,
        0);
  }

  /** A group. */
  public RestGroup group(Group group) {
    return new RestGroup(brief(group), criteria(group), members(group), List.of(), List.of());
  }

  private List<RestWorkloadBrief> members(Group group) {
    List<RestWorkloadBrief> members = new ArrayList<>();
    for (String id : group.members()) {
      Workload workload = picture.workload(id);
      if (workload != null) {
        members.add(workloads.brief(workload, false));
      }
    }
    return members;
  }

  private static List<CriteriaEntry> criteria(Group group) {
    List<CriteriaEntry> criteria = new ArrayList<>();
    if (!group.service().isEmpty()) {
      criteria.add(new CriteriaEntry("service", group.service(), "="));
    }
    if (!group.domain().isEmpty()) {
      criteria.add(new CriteriaEntry("domain", group.domain(), "="));
    }
    return criteria;
  }

  /** The namespaces that workloads are in. */
  public List<RestDomain> domains() {
    Map<String, List<Workload>> byName = new TreeMap<>();
    for (Workload workload : picture.workloads()) {
      if (!workload.domain().isEmpty()) {
        byName.computeIfAbsent(workload.domain(), name -> new ArrayList<>()).add(workload);
      }
    }
    return byName.entrySet().stream()
        .map(entry -> domain(entry.getKey(), entry.getValue()))
        .toList();
  }

  private RestDomain domain(String name, List<Workload> members) {
    return new RestDomain(
        name,
        members.size(),
        members.size(),
        (int) members.stream().filter(picture::parent).count(),
        (int) members.stream().map(Workload::service).distinct().count(),
        List.of(),
        Map.of(),
        false);
  }
}
