/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import io.sallyport.api.common.IpAddress;

/** An address with a port; 0 where the transport has none. */
public record Endpoint(IpAddress address, int port) {
  /** {@code 10.0.0.1:80}, {@code [2001:db8::1]:80}; without the port where there is none. */
  @Override
  public String toString() {
    if (port == 0) {
      return address.toString();
    }
    return address.isV4() ? address + ":" + port : "[" + address + "]:" + port;
  }
}
