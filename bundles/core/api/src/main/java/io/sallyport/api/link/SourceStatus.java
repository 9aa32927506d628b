/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

/**
 * A place where a node looks for containers.
 *
 * @param runtime which runtime
 * @param endpoint its socket
 * @param connected whether it is being watched now
 * @param containers how many it reports
 * @param problem why it is not watched; empty when it is
 */
public record SourceStatus(
    String runtime, String endpoint, boolean connected, int containers, String problem) {}
