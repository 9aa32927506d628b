/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.PublishedPort;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestScanBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkload;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadBrief;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadDetail;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadPorts;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadIdentity;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadRuntime;
import java.util.List;
import java.util.Locale;

/** Workloads in NeuVector's shape. */
public final class WorkloadMapper {
  private final Picture picture;

  /** Of what the picture shows. */
  public WorkloadMapper(Picture picture) {
    this.picture = picture;
  }

  /** The short form. */
  public RestWorkloadBrief brief(Workload workload, boolean withChildren) {
    return new RestWorkloadBrief(identity(workload), briefChildren(workload, withChildren));
  }

  /** The usual form. */
  public RestWorkload workload(Workload workload, boolean withChildren) {
    List<RestWorkload> children =
        withChildren
            ? picture.children(workload).stream().map(child -> workload(child, false)).toList()
            : List.of();
    return new RestWorkload(identity(workload), runtime(workload), children);
  }

  /** The long form. */
  public RestWorkloadDetail detail(Workload workload) {
    return new RestWorkloadDetail(
        identity(workload),
        runtime(workload),
        List.of(workload.group()),
        picture.served(workload.id()),
        picture.children(workload).stream().map(this::detail).toList());
  }

  List<RestWorkloadBrief> briefChildren(Workload workload, boolean withChildren) {
    return withChildren
        ? picture.children(workload).stream().map(child -> brief(child, false)).toList()
        : List.of();
  }

  WorkloadIdentity identity(Workload workload) {
    NetworkModel.Node node = picture.node(workload.nodeId());
    Group group = picture.group(workload.group());
    boolean hasDatapath = !workload.hostNetwork();
    String mode = group == null ? "" : group.policyMode().label();
    return new WorkloadIdentity(
        workload.id(),
        workload.name(),
        workload.name(),
        "",
        node == null ? "" : node.info().name(),
        workload.nodeId(),
        workload.container().image(),
        workload.container().imageId(),
        "",
        List.of(),
        "",
        false,
        "",
        workload.domain(),
        hasDatapath ? mode.toLowerCase(Locale.ROOT) : "unmonitored",
        workload.service(),
        "",
        workload.group(),
        picture.parent(workload) ? "" : workload.networkOwner(),
        hasDatapath,
        hasDatapath,
        false,
        false,
        mode,
        group == null ? "" : group.profileMode().label(),
        RestScanBrief.NONE,
        "",
        false,
        false,
        false,
        false,
        group == null ? "" : group.baseline());
  }

  WorkloadRuntime runtime(Workload workload) {
    NetworkModel.Node node = picture.node(workload.nodeId());
    return new WorkloadRuntime(
        workload.nodeId(),
        node == null ? "" : node.info().name(),
        workload.hostNetwork() ? "host" : "",
        Texts.time(workload.container().createdAt()),
        Texts.time(workload.container().startedAt()),
        "",
        true,
        "",
        0,
        Texts.interfaces(workload.addresses()),
        workload.container().publishedPorts().stream().map(WorkloadMapper::port).toList(),
        workload.container().labels(),
        picture.applications(workload.id()),
        0,
        "",
        "");
  }

  private static RestWorkloadPorts port(PublishedPort port) {
    return new RestWorkloadPorts(
        port.transport().number(),
        port.containerPort(),
        port.hostAddress() == null ? "0.0.0.0" : port.hostAddress().toString(),
        port.hostPort());
  }
}
