/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import java.util.Map;

/** Flows for tests. */
final class Flows {
  private Flows() {}

  static FlowRecord tcp(
      long id, String client, String server, int port, Application application, long bytes) {
    return tcp(id, client, server, port, application, bytes, FlowState.ESTABLISHED);
  }

  static FlowRecord tcp(
      long id,
      String client,
      String server,
      int port,
      Application application,
      long bytes,
      FlowState state) {
    return new FlowRecord(
        id,
        "w",
        Transport.TCP,
        6,
        new Endpoint(IpAddress.parse(client), 40_000),
        new Endpoint(IpAddress.parse(server), port),
        false,
        application,
        bytes / 10,
        bytes,
        bytes / 5,
        2 * bytes,
        1000 + id,
        2000 + id,
        state,
        Map.of());
  }
}
