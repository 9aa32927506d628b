/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** There is no licence agreement to accept; clients that ask get on. */
@Component(service = EulaResource.class, property = "sallyport.rest=true")
@Path("/v1/eula")
@NoToken
@Produces(MediaType.APPLICATION_JSON)
public final class EulaResource {
  /** Whether it was accepted. */
  @GET
  @Operation(summary = "Whether the licence agreement was accepted")
  public Map<String, Object> eula() {
    return Map.of("eula", Map.of("accepted", true), "bootstrap_password_command", "");
  }

  /** Accepts it. */
  @POST
  @Operation(summary = "Accept the licence agreement")
  public Response accept() {
    return Response.ok().build();
  }
}
