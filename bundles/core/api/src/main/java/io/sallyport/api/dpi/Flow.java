/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;

/**
 * The endpoints of a flow.
 *
 * @param transport what it rides on
 * @param client who opened it
 * @param clientPort the client's port, 0 where the transport has none
 * @param server who was called
 * @param serverPort the server's port
 * @param midStream whether its beginning was not seen; client and server are then a guess
 */
public record Flow(
    Transport transport,
    IpAddress client,
    int clientPort,
    IpAddress server,
    int serverPort,
    boolean midStream) {}
