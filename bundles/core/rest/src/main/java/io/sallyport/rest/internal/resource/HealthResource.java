/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.nv.SnakeCase;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Whether this process lives, and whether everything it needs is there. */
@Component(
    service = HealthResource.class,
    property = "sallyport.rest=true",
    configurationPid = "io.sallyport.rest")
@Path("/health")
@NoToken
@Produces(MediaType.APPLICATION_JSON)
public final class HealthResource {
  /** etc/io.sallyport.rest.cfg. */
  @interface Settings {
    /**
     * What must be there, by commas: {@code model}, {@code auth}, {@code parsers}, {@code
     * enforcer}.
     */
    String health_requires() default "model,auth";
  }

  /** The answer. */
  @SnakeCase
  public record Health(String status, boolean ready, boolean live, List<String> problems) {}

  private final List<String> required;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable NetworkModel model;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Authentication authentication;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable ParserCatalog parsers;

  /** With what is required. */
  @Activate
  public HealthResource(Settings settings) {
    // A cfg file has texts only.
    this(List.of(settings.health_requires().split(",", -1)));
  }

  HealthResource(List<String> required) {
    this.required = required.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  /** Both; 503 until ready. */
  @GET
  @Operation(summary = "Whether it lives and is ready; 503 until ready")
  public Response health() {
    List<String> problems = problems();
    boolean ready = problems.isEmpty();
    return Response.status(ready ? 200 : 503)
        .entity(new Health(ready ? "UP" : "DOWN", ready, true, problems))
        .build();
  }

  /** Whether it is ready; 503 until then. */
  @GET
  @Path("ready")
  @Operation(summary = "Whether it is ready; 503 until then")
  public Response ready() {
    return health();
  }

  /** Whether it lives: it has answered. */
  @GET
  @Path("live")
  @Operation(summary = "Whether it lives")
  public Health live() {
    List<String> problems = problems();
    return new Health("UP", problems.isEmpty(), true, problems);
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (String name : required) {
      String problem = problem(name);
      if (!problem.isEmpty()) {
        problems.add(problem);
      }
    }
    return problems;
  }

  private String problem(String name) {
    NetworkModel currentModel = model;
    ParserCatalog currentParsers = parsers;
    return switch (name) {
      case "model" -> currentModel == null ? "model: the controller is not running" : "";
      case "auth" -> authentication == null ? "auth: users cannot be read; see the log" : "";
      case "parsers" ->
          currentParsers == null || currentParsers.parsers().isEmpty()
              ? "parsers: no protocol parser is running"
              : "";
      case "enforcer" ->
          currentModel == null
                  || currentModel.nodes().stream().noneMatch(NetworkModel.Node::connected)
              ? "enforcer: no node reports"
              : "";
      default ->
          "etc/io.sallyport.rest.cfg: health.requires names \""
              + name
              + "\"; there are model, auth, parsers and enforcer";
    };
  }
}
