/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import java.util.List;

/**
 * What was said by one application on one port.
 *
 * @param application the application
 * @param transport what it rides on
 * @param port the server's port, 0 where there is none
 * @param sessions flows
 * @param bytesToServer bytes from the client
 * @param bytesToClient bytes from the server
 * @param firstSeen nanoseconds since the epoch
 * @param lastSeen nanoseconds since the epoch
 * @param ingressSeen whether the server's host reported it; else only the client's did
 * @param clientAddresses the client's addresses, the first 16 of them
 * @param serverAddresses the server's addresses, the first 16 of them
 * @param ruleId the rule that decided, 0 for the default
 * @param action what was decided
 */
public record ConversationEntry(
    Application application,
    Transport transport,
    int port,
    long sessions,
    long bytesToServer,
    long bytesToClient,
    long firstSeen,
    long lastSeen,
    boolean ingressSeen,
    List<IpAddress> clientAddresses,
    List<IpAddress> serverAddresses,
    int ruleId,
    Action action) {
  /** Copies the addresses. */
  public ConversationEntry {
    clientAddresses = List.copyOf(clientAddresses);
    serverAddresses = List.copyOf(serverAddresses);
  }

  /** Bytes of both directions. */
  public long bytes() {
    return bytesToServer + bytesToClient;
  }

  /** {@code tcp/80}; {@code icmp} where there is no port. */
  public String portText() {
    String name = transport.name().toLowerCase(java.util.Locale.ROOT);
    return port == 0 ? name : name + "/" + port;
  }

  /** What was decided about a conversation, from the mildest to the strictest. */
  public enum Action {
    /** Nothing had to be decided: no policy yet. */
    OPEN,
    /** Learned, in Discover. */
    LEARN,
    /** A rule allows it. */
    ALLOW,
    /** No rule allows it; alerted. */
    VIOLATE,
    /** Blocked. */
    DENY
  }
}
