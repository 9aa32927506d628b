/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.Lists;
import io.sallyport.rest.internal.nv.SessionMapper;
import io.sallyport.rest.internal.nv.SessionStructs.RestSession;
import io.sallyport.rest.internal.nv.SessionStructs.RestSessionSummary;
import io.sallyport.rest.internal.query.Query;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The flows of a workload, or of all workloads of an enforcer. */
@Component(service = SessionResource.class, property = "sallyport.rest=true")
@Path("/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
  private static final Set<String> WHERE = Set.of("f_workload", "f_enforcer");

  private final NetworkModel model;

  /** With the model. */
  @Activate
  public SessionResource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** Flows, newest first. */
  @GET
  @Operation(summary = "Sessions; f_workload or f_enforcer is needed")
  public ObjectNode sessions(@Context UriInfo uri) {
    Query query = Query.of(uri.getQueryParameters(), WHERE);
    long now = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
    List<RestSession> sessions = new ArrayList<>();
    for (Workload workload : where(query)) {
      for (FlowRecord flow : model.sessions(workload.id())) {
        sessions.add(SessionMapper.session(workload, flow, now));
      }
    }
    return Lists.of("sessions", query, sessions);
  }

  /** How many there are. */
  @GET
  @Path("summary")
  @Operation(summary = "Counts of sessions; f_workload or f_enforcer is needed")
  public Map<String, RestSessionSummary> summary(@Context UriInfo uri) {
    List<FlowRecord> flows = new ArrayList<>();
    for (Workload workload : where(Query.of(uri.getQueryParameters(), WHERE))) {
      flows.addAll(model.sessions(workload.id()));
    }
    return Map.of("summary", SessionMapper.summary(flows));
  }

  private List<Workload> where(Query query) {
    String workload = query.text("f_workload");
    if (!workload.isEmpty()) {
      return List.of(WorkloadResource.find(model, workload));
    }
    String enforcer = query.text("f_enforcer");
    if (enforcer.isEmpty()) {
      throw new NvException(
          NvError.NOT_ENOUGH_FILTER, "f_workload=<id> or f_enforcer=<id> is needed.");
    }
    if (model.nodes().stream().noneMatch(node -> node.info().id().equals(enforcer))) {
      throw new NvException(NvError.OBJECT_NOT_FOUND, "There is no enforcer \"" + enforcer + "\".");
    }
    return model.workloads().stream().filter(each -> each.nodeId().equals(enforcer)).toList();
  }
}
