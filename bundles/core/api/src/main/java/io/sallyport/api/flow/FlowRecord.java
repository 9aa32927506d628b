/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import java.util.List;
import java.util.Map;

/**
 * A flow as it stands: a TCP connection, or what two endpoints say to each other by another
 * transport. Counters are totals since it began.
 *
 * @param id unique on its node
 * @param workloadId whose packets were captured; empty for a file
 * @param transport what it rides on
 * @param protocolNumber the IP protocol number
 * @param client who opened it
 * @param server who was called
 * @param midStream whether its beginning was not seen; client and server are then a guess
 * @param application the application; unknown until recognised
 * @param packetsToServer packets from the client
 * @param bytesToServer their bytes, from the IP header on
 * @param packetsToClient packets from the server
 * @param bytesToClient their bytes
 * @param firstSeen nanoseconds since the epoch
 * @param lastSeen nanoseconds since the epoch
 * @param state how far it is
 * @param attributes what the parser read
 */
public record FlowRecord(
    long id,
    String workloadId,
    Transport transport,
    int protocolNumber,
    Endpoint client,
    Endpoint server,
    boolean midStream,
    Application application,
    long packetsToServer,
    long bytesToServer,
    long packetsToClient,
    long bytesToClient,
    long firstSeen,
    long lastSeen,
    FlowState state,
    Map<String, List<String>> attributes) {
  /** Packets of both directions. */
  public long packets() {
    return packetsToServer + packetsToClient;
  }

  /** Bytes of both directions. */
  public long bytes() {
    return bytesToServer + bytesToClient;
  }
}
