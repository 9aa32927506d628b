/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

/**
 * Where to capture: all interfaces of a network namespace, the loopback among them.
 *
 * @param namespacePath a path that names the namespace: {@code /proc/<pid>/ns/net}
 * @param name who is captured, for messages
 * @param fullBytes how many first bytes of a flow are wanted; a backend may leave out what follows
 *     but delivers SYN, FIN and RST. {@link Long#MAX_VALUE} for everything
 */
public record CaptureTarget(String namespacePath, String name, long fullBytes) {}
