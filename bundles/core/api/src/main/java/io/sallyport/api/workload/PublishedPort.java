/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import org.jspecify.annotations.Nullable;

/**
 * A port of the host that leads to a port of a container.
 *
 * @param transport TCP, UDP or SCTP
 * @param hostAddress the host's address it is bound to, null for all of them
 * @param hostPort the port on the host
 * @param containerPort the port in the container
 */
public record PublishedPort(
    Transport transport, @Nullable IpAddress hostAddress, int hostPort, int containerPort) {}
