/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.network.NetworkModel;
import io.sallyport.rest.internal.own.Metrics;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Metrics for Prometheus. */
@Component(service = MetricsResource.class, property = "sallyport.rest=true")
@Path("/metrics")
public final class MetricsResource {
  private final NetworkModel model;
  private final Local local;

  /** With the model. */
  @Activate
  public MetricsResource(@Reference NetworkModel model) {
    this(model, Local.find());
  }

  MetricsResource(NetworkModel model, Local local) {
    this.model = model;
    this.local = local;
  }

  /** All of them. */
  @GET
  @Produces("text/plain; version=0.0.4; charset=utf-8")
  @Operation(summary = "Metrics in Prometheus's text format")
  public String metrics() {
    return new Metrics(local.host(), local.version()).of(model);
  }
}
