/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.Lists;
import io.sallyport.rest.internal.nv.Picture;
import io.sallyport.rest.internal.nv.WorkloadMapper;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestWorkloadDetail;
import io.sallyport.rest.internal.query.Query;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Containers. */
@Component(service = WorkloadResource.class, property = "sallyport.rest=true")
@Path("/v1/workload")
@Produces(MediaType.APPLICATION_JSON)
public final class WorkloadResource {
  private final NetworkModel model;

  /** With the model. */
  @Activate
  public WorkloadResource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** Containers; with {@code view=pod} those that share a network below the one that owns it. */
  @GET
  @Operation(summary = "Containers")
  public ObjectNode workloads(@Context UriInfo uri) {
    Query query = Query.of(uri.getQueryParameters());
    Picture picture = new Picture(model);
    WorkloadMapper mapper = new WorkloadMapper(picture);
    return query.on("brief")
        ? list(query, picture, mapper::brief)
        : list(query, picture, mapper::workload);
  }

  /** A container. */
  @GET
  @Path("{id}")
  @Operation(summary = "A container")
  public Map<String, RestWorkloadDetail> workload(@PathParam("id") String id) {
    return Map.of("workload", new WorkloadMapper(new Picture(model)).detail(find(model, id)));
  }

  /** The workloads that the query's view has, in some shape. */
  static ObjectNode list(Query query, Picture picture, BiFunction<Workload, Boolean, ?> mapper) {
    String view = query.text("view");
    List<Workload> shown =
        switch (view) {
          case "" -> picture.workloads();
          case "pod", "pod_only" -> picture.workloads().stream().filter(picture::parent).toList();
          default ->
              throw new NvException(
                  NvError.INVALID_REQUEST, "view must be pod or pod_only, not \"" + view + "\"");
        };
    boolean withChildren = view.equals("pod");
    List<?> elements = shown.stream().map(each -> mapper.apply(each, withChildren)).toList();
    return Lists.of("workloads", query, elements);
  }

  /** A workload, or an error that says there is none. */
  static Workload find(NetworkModel model, String id) {
    Workload workload = model.workload(id);
    if (workload == null) {
      throw new NvException(
          NvError.OBJECT_NOT_FOUND, "There is no running container \"" + id + "\".");
    }
    return workload;
  }
}
