/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.error.NvException;
import io.sallyport.rest.internal.nv.Json;
import io.sallyport.rest.internal.nv.Lists;
import io.sallyport.rest.internal.nv.SessionMapper;
import io.sallyport.rest.internal.nv.SessionStructs.RestSnifferArgs;
import io.sallyport.rest.internal.nv.SessionStructs.RestSnifferArgsData;
import io.sallyport.rest.internal.nv.SessionStructs.RestSnifferInfo;
import io.sallyport.rest.internal.query.Query;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Packet captures. */
@Component(service = SnifferResource.class, property = "sallyport.rest=true")
@Path("/v1/sniffer")
@Produces(MediaType.APPLICATION_JSON)
public final class SnifferResource {
  private static final int MAX_SECONDS = 3_600;

  private final NetworkModel model;
  private final PacketCaptures captures;

  /** With the captures. */
  @Activate
  public SnifferResource(@Reference NetworkModel model, @Reference PacketCaptures captures) {
    this.model = model;
    this.captures = captures;
  }

  /** Begins one; without a duration it takes an hour, or until it is stopped. */
  @POST
  @Operation(summary = "Capture the packets of a container; f_workload is needed")
  public Map<String, Object> start(
      @QueryParam("f_workload") @DefaultValue("") String workload,
      @RequestBody(content = @Content(schema = @Schema(implementation = RestSnifferArgsData.class)))
          byte[] body) {
    if (workload.isEmpty()) {
      throw new NvException(NvError.NOT_ENOUGH_FILTER, "f_workload=<id> is needed.");
    }
    RestSnifferArgs given =
        body.length == 0 ? null : Json.read(body, RestSnifferArgsData.class).sniffer();
    RestSnifferArgs args = given == null ? new RestSnifferArgs(null, null, null) : given;
    String id =
        captures.start(
            WorkloadResource.find(model, workload).id(),
            duration(args),
            args.filter() == null ? "" : args.filter());
    return Map.of("result", Map.of("id", id));
  }

  private static Duration duration(RestSnifferArgs args) {
    Integer seconds = args.duration();
    if (seconds == null || seconds == 0) {
      return Duration.ofSeconds(MAX_SECONDS);
    }
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new NvException(
          NvError.INVALID_REQUEST, "duration must be between 1 and 3600 seconds, not " + seconds);
    }
    return Duration.ofSeconds(seconds);
  }

  /** Captures that run or are kept. */
  @GET
  @Operation(summary = "Packet captures")
  public ObjectNode list(@Context UriInfo uri) {
    Query query = Query.of(uri.getQueryParameters(), Set.of("f_workload", "f_enforcer"));
    String workload = query.text("f_workload");
    String enforcer = query.text("f_enforcer");
    return Lists.of(
        "sniffers",
        query,
        captures.list().stream()
            .filter(each -> workload.isEmpty() || each.workloadId().equals(workload))
            .filter(each -> enforcer.isEmpty() || each.nodeId().equals(enforcer))
            .map(SessionMapper::sniffer)
            .toList());
  }

  /** A capture. */
  @GET
  @Path("{id}")
  @Operation(summary = "A packet capture")
  public Map<String, RestSnifferInfo> get(@PathParam("id") String id) {
    return Map.of("sniffer", SessionMapper.sniffer(find(id)));
  }

  /** Ends a capture; its packets are kept. */
  @PATCH
  @Path("stop/{id}")
  @Operation(summary = "Stop a packet capture")
  public Response stop(@PathParam("id") String id) {
    captures.stop(find(id).id());
    return Response.ok().build();
  }

  /** Ends a capture and forgets its packets. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Delete a packet capture")
  public Response delete(@PathParam("id") String id) {
    captures.delete(find(id).id());
    return Response.ok().build();
  }

  /** The packets, as far as they have come; with {@code limit} not more than so many bytes. */
  @GET
  @Path("{id}/pcap")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(summary = "The packets of a capture")
  public Response pcap(
      @PathParam("id") String id, @QueryParam("limit") @DefaultValue("0") String limit)
      throws IOException {
    PacketCapture capture = find(id);
    long most = limit(limit);
    // Opened here, so that an error still becomes an answer.
    InputStream packets = captures.open(capture.id());
    StreamingOutput output =
        to -> {
          try (packets) {
            copy(packets, to, most);
          }
        };
    String name = capture.id().replaceAll("[^A-Za-z0-9._-]", "_");
    return Response.ok(output)
        .header("Content-Disposition", "attachment; filename=\"" + name + ".pcap\"")
        .build();
  }

  private static long limit(String text) {
    try {
      long limit = Long.parseLong(text);
      if (limit >= 0) {
        return limit == 0 ? Long.MAX_VALUE : limit;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is out of range.
    }
    throw new NvException(
        NvError.INVALID_REQUEST, "limit must be a number of bytes, not \"" + text + "\"");
  }

  private static void copy(InputStream from, OutputStream to, long most) throws IOException {
    byte[] buffer = new byte[16_384];
    long left = most;
    while (left > 0) {
      int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return;
      }
      to.write(buffer, 0, count);
      left -= count;
    }
  }

  private PacketCapture find(String id) {
    return captures.list().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new NvException(
                    NvError.OBJECT_NOT_FOUND, "There is no packet capture \"" + id + "\"."));
  }
}
