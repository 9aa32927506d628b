/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.resource;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures;
import java.time.Instant;
import java.util.List;

/** Makes the resources, which is components' work otherwise. */
public final class Resources {
  private Resources() {}

  public static List<Object> all(
      NetworkModel model, Authentication users, PacketCaptures captures) {
    Local local = new Local("host-1", "0.1.0", Instant.EPOCH);
    HealthResource health = new HealthResource(List.of("model", "auth", "enforcer"));
    health.model = model;
    health.authentication = users;
    return List.of(
        new AuthResource(users),
        new EulaResource(),
        new SystemResource(model, local),
        new WorkloadResource(model),
        new WorkloadV2Resource(model),
        new GroupResource(model),
        new ConversationResource(model),
        new SessionResource(model),
        new SnifferResource(model, captures),
        new OwnResource(model),
        new StreamResource(model, users),
        new MetricsResource(model, local),
        health);
  }

  public static Object unready() {
    return new HealthResource(List.of("model", "auth"));
  }
}
