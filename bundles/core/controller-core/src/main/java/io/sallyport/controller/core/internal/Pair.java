/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

/** Who called whom. */
record Pair(End client, End server) {
  boolean outside() {
    return client.outside() || server.outside();
  }
}
