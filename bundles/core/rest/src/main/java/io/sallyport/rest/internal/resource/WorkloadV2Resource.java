/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.nv.Picture;
import io.sallyport.rest.internal.nv.WorkloadV2Mapper;
import io.sallyport.rest.internal.nv.WorkloadV2Structs.RestWorkloadDetailV2;
import io.sallyport.rest.internal.query.Query;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Containers in the shape of v2. */
@Component(service = WorkloadV2Resource.class, property = "sallyport.rest=true")
@Path("/v2/workload")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkloadV2Resource {
  private final NetworkModel model;

  /** With the model. */
  @Activate
  public WorkloadV2Resource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** Containers. */
  @GET
  @Operation(summary = "Containers")
  public ObjectNode workloads(@Context UriInfo uri) {
    Picture picture = new Picture(model);
    Query query = Query.of(uri.getQueryParameters());
    return WorkloadResource.list(query, picture, new WorkloadV2Mapper(picture)::workload);
  }

  /** A container. */
  @GET
  @Path("{id}")
  @Operation(summary = "A container")
  public Map<String, RestWorkloadDetailV2> workload(@PathParam("id") String id) {
    return Map.of(
        "workload",
        new WorkloadV2Mapper(new Picture(model)).detail(WorkloadResource.find(model, id)));
  }
}
