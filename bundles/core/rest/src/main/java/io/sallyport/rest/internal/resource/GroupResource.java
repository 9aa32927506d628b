/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.GroupMapper;
import io.sallyport.rest.internal.nv.GroupStructs.RestGroup;
import io.sallyport.rest.internal.nv.Lists;
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

/** Groups and namespaces. */
@Component(service = GroupResource.class, property = "sallyport.rest=true")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupResource {
  private final NetworkModel model;

  /** With the model. */
  @Activate
  public GroupResource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** Groups; there are no federal ones. */
  @GET
  @Path("group")
  @Operation(summary = "Groups")
  public ObjectNode groups(@Context UriInfo uri) {
    Query query = Query.of(uri.getQueryParameters());
    GroupMapper mapper = new GroupMapper(new Picture(model));
    List<Group> groups = scope(query);
    List<?> elements =
        query.on("brief")
            ? groups.stream().map(mapper::brief).toList()
            : groups.stream().map(mapper::group).toList();
    return Lists.of("groups", query, elements);
  }

  private List<Group> scope(Query query) {
    String scope = query.text("scope");
    return switch (scope) {
      case "", "local" -> model.groups();
      case "fed" -> List.of();
      default ->
          throw new NvException(
              NvError.INVALID_REQUEST, "scope must be fed or local, not \"" + scope + "\"");
    };
  }

  /** A group. */
  @GET
  @Path("group/{name}")
  @Operation(summary = "A group")
  public Map<String, RestGroup> group(@PathParam("name") String name) {
    GroupMapper mapper = new GroupMapper(new Picture(model));
    return model.groups().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .map(group -> Map.of("group", mapper.group(group)))
        .orElseThrow(
            () -> new NvException(NvError.OBJECT_NOT_FOUND, "There is no group \"" + name + "\"."));
  }

  /** Namespaces. */
  @GET
  @Path("domain")
  @Operation(summary = "Namespaces")
  public ObjectNode domains(@Context UriInfo uri) {
    ObjectNode answer =
        Lists.of(
            "domains",
            Query.of(uri.getQueryParameters()),
            new GroupMapper(new Picture(model)).domains());
    return answer.put("tag_per_domain", false);
  }
}
