/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.Conversation;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.ConversationMapper;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationDetail;
import io.sallyport.rest.internal.nv.ConversationStructs.RestConversationEndpoint;
import io.sallyport.rest.internal.nv.Json;
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

/** Who talks to whom. */
@Component(service = ConversationResource.class, property = "sallyport.rest=true")
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class ConversationResource {
  private final NetworkModel model;

  /** With the model. */
  @Activate
  public ConversationResource(@Reference NetworkModel model) {
    this.model = model;
  }

  /** All conversations and those who take part; with {@code verbose} the ends in full. */
  @GET
  @Path("conversation")
  @Operation(summary = "Conversations")
  public ObjectNode conversations(@Context UriInfo uri) {
    Query query = Query.of(uri.getQueryParameters());
    Picture picture = new Picture(model);
    ConversationMapper mapper = new ConversationMapper(picture);
    List<Conversation> all = picture.conversations();
    List<?> elements = query.on("verbose") ? mapper.verbose(all) : mapper.compact(all);
    ObjectNode answer = Json.mapper().createObjectNode();
    answer
        .putArray("endpoints")
        .addAll(mapper.endpoints(all).stream().<JsonNode>map(Json::tree).toList());
    answer.setAll(Lists.of("conversations", query, elements));
    return answer;
  }

  /** Those who take part in conversations. */
  @GET
  @Path("conversation_endpoint")
  @Operation(summary = "Endpoints of conversations")
  public ObjectNode endpoints(@Context UriInfo uri) {
    Picture picture = new Picture(model);
    List<RestConversationEndpoint> endpoints =
        new ConversationMapper(picture).endpoints(picture.conversations());
    return Lists.of("endpoints", Query.of(uri.getQueryParameters()), endpoints);
  }

  /** What was said between two: groups, workloads, hosts, {@code external}. */
  @GET
  @Path("conversation/{from}/{to}")
  @Operation(summary = "The conversation of two")
  public Map<String, RestConversationDetail> conversation(
      @PathParam("from") String from, @PathParam("to") String to) {
    List<Conversation> found = model.conversations(from, to);
    if (found.isEmpty()) {
      throw new NvException(
          NvError.OBJECT_NOT_FOUND,
          "There is no conversation from \"" + from + "\" to \"" + to + "\".");
    }
    return Map.of("conversation", new ConversationMapper(new Picture(model)).detail(found));
  }
}
