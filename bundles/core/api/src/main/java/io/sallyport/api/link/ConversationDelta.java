/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;

/**
 * What a workload and a peer said to each other since the last report, seen from the workload.
 *
 * @param workloadId the workload whose packets were captured
 * @param ingress whether the peer called the workload; else the workload called the peer
 * @param peer the peer's address
 * @param transport what it rides on
 * @param port the server's port, 0 where there is none
 * @param application the application, unknown while nobody has recognised it
 * @param sessions flows that began since the last report; may be negative, when flows counted under
 *     another application before have since been identified
 * @param packets packets of both directions since the last report; may be negative likewise
 * @param bytesToServer bytes from the client since the last report; may be negative likewise
 * @param bytesToClient bytes from the server since the last report; may be negative likewise
 * @param firstSeen when the first of the flows began of which this tells, nanoseconds since the
 *     epoch
 * @param lastSeen nanoseconds since the epoch
 */
public record ConversationDelta(
    String workloadId,
    boolean ingress,
    IpAddress peer,
    Transport transport,
    int port,
    Application application,
    long sessions,
    long packets,
    long bytesToServer,
    long bytesToClient,
    long firstSeen,
    long lastSeen) {}
