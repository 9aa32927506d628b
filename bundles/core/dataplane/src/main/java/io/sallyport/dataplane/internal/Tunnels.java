/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.lang.foreign.MemorySegment;

/** Takes what is found in a tunnel back to where it is decoded. */
interface Tunnels {
  /**
   * Opens an IP-in-IP or GRE tunnel.
   *
   * @return false when its content is not IP; nothing has been done then
   */
  boolean open(MemorySegment memory, int protocol, long offset, long end, long wire, int depth);

  /** An Ethernet frame from a tunnel. */
  void ethernet(MemorySegment memory, long offset, long end, long wire, int depth);
}
