/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/** Takes decoded packets. */
@FunctionalInterface
interface PacketConsumer {
  /** The packet is the decoder's own: valid during the call. */
  void packet(Packet packet);
}
