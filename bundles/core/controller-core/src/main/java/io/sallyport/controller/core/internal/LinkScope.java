/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;

/** Addresses that are not a peer but the wire itself. */
final class LinkScope {
  private LinkScope() {}

  /**
   * Whether something that is said to or from an address is housekeeping of the network: discovery
   * of neighbours and routers, announcements, address assignment. It is no conversation of a
   * workload with anyone, and every container has it.
   */
  static boolean housekeeping(IpAddress address, Transport transport) {
    if (address.isV4()) {
      int v4 = (int) address.low();
      return v4 == 0 || v4 == -1 || v4 >>> 8 == 0xe00000;
    }
    if (address.isMulticast()) {
      // The low four bits of the second byte are the scope: 1 the interface, 2 the link.
      long scope = address.high() >>> 48 & 0xf;
      return scope <= 2;
    }
    boolean unspecified = address.high() == 0 && address.low() == 0;
    boolean linkLocal = address.high() >>> 54 == 0xfe80L >>> 6;
    return unspecified || (linkLocal && transport == Transport.ICMPV6);
  }
}
