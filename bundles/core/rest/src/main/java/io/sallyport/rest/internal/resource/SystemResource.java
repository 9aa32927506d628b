/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.Lists;
import io.sallyport.rest.internal.nv.NodeMapper;
import io.sallyport.rest.internal.nv.NodeStructs.RestAgent;
import io.sallyport.rest.internal.nv.NodeStructs.RestController;
import io.sallyport.rest.internal.nv.NodeStructs.RestHost;
import io.sallyport.rest.internal.nv.NodeStructs.RestSystemSummary;
import io.sallyport.rest.internal.nv.Picture;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The whole, and the machines it consists of. */
@Component(service = SystemResource.class, property = "sallyport.rest=true")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class SystemResource {
  private final NetworkModel model;
  private final Local local;

  /** With the model. */
  @Activate
  public SystemResource(@Reference NetworkModel model) {
    this(model, Local.find());
  }

  SystemResource(NetworkModel model, Local local) {
    this.model = model;
    this.local = local;
  }

  /** Counts. */
  @GET
  @Path("system/summary")
  @Operation(summary = "How many of everything there are")
  public Map<String, RestSystemSummary> summary() {
    return Map.of("summary", new NodeMapper(new Picture(model)).summary(local.version()));
  }

  /** Hosts. */
  @GET
  @Path("host")
  @Operation(summary = "Hosts")
  public ObjectNode hosts(@Context UriInfo uri) {
    NodeMapper mapper = new NodeMapper(new Picture(model));
    List<RestHost> hosts = model.nodes().stream().map(mapper::host).toList();
    return Lists.of("hosts", Query.of(uri.getQueryParameters()), hosts);
  }

  /** A host. */
  @GET
  @Path("host/{id}")
  @Operation(summary = "A host")
  public Map<String, RestHost> host(@PathParam("id") String id) {
    return Map.of("host", new NodeMapper(new Picture(model)).host(node(id, "host")));
  }

  /** Enforcers. */
  @GET
  @Path("enforcer")
  @Operation(summary = "Enforcers")
  public ObjectNode enforcers(@Context UriInfo uri) {
    NodeMapper mapper = new NodeMapper(new Picture(model));
    List<RestAgent> enforcers = model.nodes().stream().map(mapper::enforcer).toList();
    return Lists.of("enforcers", Query.of(uri.getQueryParameters()), enforcers);
  }

  /** An enforcer. */
  @GET
  @Path("enforcer/{id}")
  @Operation(summary = "An enforcer")
  public Map<String, RestAgent> enforcer(@PathParam("id") String id) {
    return Map.of("enforcer", new NodeMapper(new Picture(model)).enforcer(node(id, "enforcer")));
  }

  /** Controllers: this one. */
  @GET
  @Path("controller")
  @Operation(summary = "Controllers")
  public ObjectNode controllers(@Context UriInfo uri) {
    return Lists.of("controllers", Query.of(uri.getQueryParameters()), List.of(controller()));
  }

  /** A controller. */
  @GET
  @Path("controller/{id}")
  @Operation(summary = "A controller")
  public Map<String, RestController> controller(@PathParam("id") String id) {
    RestController controller = controller();
    if (!controller.id().equals(id)) {
      throw new NvException(NvError.OBJECT_NOT_FOUND, "There is no controller \"" + id + "\".");
    }
    return Map.of("controller", controller);
  }

  private RestController controller() {
    return new NodeMapper(new Picture(model))
        .controller(local.host(), local.version(), local.started());
  }

  private NetworkModel.Node node(String id, String what) {
    return model.nodes().stream()
        .filter(node -> node.info().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NvException(
                    NvError.OBJECT_NOT_FOUND, "There is no " + what + " \"" + id + "\"."));
  }
}
