/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.Transport;

/** What was called: a transport and the server's port in its own network. */
record PortKey(Transport transport, int port) {}
