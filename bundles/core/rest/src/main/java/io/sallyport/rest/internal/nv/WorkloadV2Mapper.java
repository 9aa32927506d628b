/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadIdentity;
import io.sallyport.rest.internal.nv.WorkloadStructs.WorkloadRuntime;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadBriefV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadDetailMiscV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadDetailV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadRtAttribesV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadSecurityV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadV2;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.WorkloadPartsV2;
import java.util.List;

/** The same facts as in {@link WorkloadMapper}, arranged as {@code /v2} does. */
public final class WorkloadV2Mapper {
  private final Picture picture;
  private final WorkloadMapper facts;

  /** Of what the picture shows. */
  public WorkloadV2Mapper(Picture picture) {
    this.picture = picture;
    this.facts = new WorkloadMapper(picture);
  }

  /** The usual form. */
  public RestWorkloadV2 workload(Workload workload, boolean withChildren) {
    return new RestWorkloadV2(parts(workload), withChildren ? children(workload) : List.of());
  }

  /** The long form. */
  public RestWorkloadDetailV2 detail(Workload workload) {
    return new RestWorkloadDetailV2(
        parts(workload),
        children(workload),
        new RestWorkloadDetailMiscV2(
            List.of(workload.group()),
            picture.served(workload.id()),
            picture.children(workload).stream().map(this::detail).toList()));
  }

  private List<RestWorkloadV2> children(Workload workload) {
    return picture.children(workload).stream().map(child -> workload(child, false)).toList();
  }

  private WorkloadPartsV2 parts(Workload workload) {
    WorkloadIdentity identity = facts.identity(workload);
    WorkloadRuntime runtime = facts.runtime(workload);
    return new WorkloadPartsV2(
        brief(identity),
        security(identity),
        attributes(identity, runtime),
        runtime.enforcerId(),
        runtime.enforcerName(),
        identity.platformRole(),
        runtime.createdAt(),
        runtime.startedAt(),
        runtime.finishedAt(),
        runtime.running(),
        runtime.securedAt(),
        runtime.exitCode());
  }

  private static RestWorkloadBriefV2 brief(WorkloadIdentity identity) {
    return new RestWorkloadBriefV2(
        identity.id(),
        identity.name(),
        identity.displayName(),
        identity.hostName(),
        identity.hostId(),
        identity.image(),
        identity.imageId(),
        identity.imageDigest(),
        identity.imageRepoDigests(),
        identity.imageCreatedAt(),
        identity.imageRegScanned(),
        identity.domain(),
        identity.state(),
        identity.service(),
        identity.author(),
        identity.serviceGroup());
  }

  private static RestWorkloadSecurityV2 security(WorkloadIdentity identity) {
    return new RestWorkloadSecurityV2(
        identity.capSniff(),
        identity.capQuarantine(),
        identity.capChangeMode(),
        identity.serviceMesh(),
        identity.serviceMeshSidecar(),
        identity.policyMode(),
        identity.profileMode(),
        identity.baselineProfile(),
        identity.quarantineReason(),
        identity.scanSummary());
  }

  private static RestWorkloadRtAttribesV2 attributes(
      WorkloadIdentity identity, WorkloadRuntime runtime) {
    return new RestWorkloadRtAttribesV2(
        identity.podName(),
        identity.shareNsWith(),
        identity.privileged(),
        identity.runAsRoot(),
        runtime.labels(),
        runtime.memoryLimit(),
        runtime.cpus(),
        runtime.serviceAccount(),
        runtime.networkMode(),
        runtime.interfaces(),
        runtime.ports(),
        runtime.applications());
  }
}
