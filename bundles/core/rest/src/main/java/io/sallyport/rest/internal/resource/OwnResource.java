/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.Lists;
import io.sallyport.rest.internal.own.ConversationRow;
import io.sallyport.rest.internal.own.StatusStructs;
import io.sallyport.rest.internal.query.Query;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Sallyport's own: rows of conversations, and how its parts do. */
@Component(service = OwnResource.class, property = "sallyport.rest=true")
@Path("/v1/sallyport")
@Produces(MediaType.APPLICATION_JSON)
public final class OwnResource {
  private final NetworkModel model;

  /** With the model. */
  @Activate
  public OwnResource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** What was said between two nodes of the map, or, without them, all. */
  @GET
  @Path("conversation")
  @Operation(summary = "Conversations, one row for each application and port")
  public ObjectNode conversations(
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("to") @DefaultValue("") String to,
      @Context UriInfo uri) {
    if (from.isEmpty() != to.isEmpty()) {
      throw new NvException(NvError.NOT_ENOUGH_FILTER, "Give both from and to, or neither.");
    }
    List<Conversation> found =
        from.isEmpty() ? model.conversations() : model.conversations(from, to);
    return Lists.of(
        "conversations",
        Query.of(uri.getQueryParameters()),
        found.stream().flatMap(each -> ConversationRow.of(each).stream()).toList());
  }

  /** How the nodes do, and what the model had to leave out. */
  @GET
  @Path("status")
  @Operation(summary = "Nodes with their sources, datapath, parsers and plugins")
  public Map<String, Object> status() {
    return Map.of(
        "nodes",
        model.nodes().stream().map(StatusStructs.Node::of).toList(),
        "counters",
        model.counters());
  }

  /** Parsers of all nodes. */
  @GET
  @Path("parser")
  @Operation(summary = "Protocol parsers")
  public ObjectNode parsers(@Context UriInfo uri) {
    return Lists.of(
        "parsers",
        Query.of(uri.getQueryParameters()),
        nodes().stream().flatMap(node -> node.parsers().stream()).toList());
  }

  /** Deployed files of all nodes. */
  @GET
  @Path("plugin")
  @Operation(summary = "Deployed plugins")
  public ObjectNode plugins(@Context UriInfo uri) {
    return Lists.of(
        "plugins",
        Query.of(uri.getQueryParameters()),
        nodes().stream().flatMap(node -> node.plugins().stream()).toList());
  }

  private List<StatusStructs.Node> nodes() {
    return model.nodes().stream().map(StatusStructs.Node::of).toList();
  }
}
