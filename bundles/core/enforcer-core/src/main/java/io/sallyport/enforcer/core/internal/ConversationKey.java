/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.flow.FlowRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which conversation of a workload a flow belongs to.
 *
 * @param ingress whether the peer called the workload
 * @param peer the other end
 * @param transport what it rides on
 * @param port the server's port
 * @param application the application
 */
record ConversationKey(
    boolean ingress, IpAddress peer, Transport transport, int port, Application application) {
  /**
   * Where docker's resolver listens in the namespace of each container on a network of the user's.
   */
  private static final IpAddress DOCKER_RESOLVER = IpAddress.parse("127.0.0.11");

  private static final int DNS = 53;

  /**
   * The conversation of a flow, seen from the workload with these addresses; null where it has
   * none, as it only hears what another sends to many. What a workload says to itself counts as
   * called by it. Where neither end is known to be the workload's (its addresses were not read yet,
   * or it forwards for others), it is taken for the client.
   */
  static @Nullable ConversationKey of(FlowRecord flow, Set<IpAddress> own) {
    IpAddress client = flow.client().address();
    IpAddress server = flow.server().address();
    boolean clientIsOwn = client.isLoopback() || own.contains(client);
    boolean serverIsOwn = server.isLoopback() || own.contains(server);
    if (!clientIsOwn && server.isMulticast()) {
      return null;
    }
    // Docker redirects questions to a port of its own, within the namespace, and the answers back:
    // one exchange is two flows on the loopback, of which the one on the port that was asked
    // counts.
    if (server.equals(DOCKER_RESOLVER) && flow.server().port() != DNS) {
      return null;
    }
    boolean ingress = !clientIsOwn && serverIsOwn;
    return new ConversationKey(
        ingress,
        ingress ? client : server,
        flow.transport(),
        flow.server().port(),
        flow.application());
  }
}
