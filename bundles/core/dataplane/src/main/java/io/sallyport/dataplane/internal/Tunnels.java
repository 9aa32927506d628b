/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/** Takes what is found in a tunnel back to where it is decoded. */
interface Tunnels {
  /**
   * Opens an IP-in-IP or GRE tunnel.
   *
   * @return false when its content is not IP; nothing has been done then
   */
  boolean open(int protocol, long offset, long end, long wire, int depth);

  /** An Ethernet frame from a tunnel. */
  void ethernet(long offset, long end, long wire, int depth);

  /**
   * Opens a GTP-U tunnel.
   *
   * @return false when it is not one, or its content is not IP; nothing has been done then
   */
  boolean gtp(long offset, long end, long wire, int depth);
}
