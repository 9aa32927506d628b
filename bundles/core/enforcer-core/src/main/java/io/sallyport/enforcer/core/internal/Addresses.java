/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;

/** Kinds of addresses. */
final class Addresses {
  private Addresses() {}

  /** Whether this is 169.254.0.0/16 or fe80::/10. */
  static boolean linkLocal(IpAddress address) {
    return address.isV4()
        ? (address.low() >>> 16 & 0xffff) == 0xa9fe
        : address.high() >>> 54 == 0xfe80L >>> 6;
  }
}
