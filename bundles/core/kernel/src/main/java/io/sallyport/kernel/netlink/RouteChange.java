/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

/** A change of the links or addresses of a namespace. */
public sealed interface RouteChange {
  /**
   * There is a new link, or one has changed.
   *
   * @param link as it is now
   */
  record LinkChanged(Link link) implements RouteChange {}

  /**
   * A link is gone.
   *
   * @param link as it was
   */
  record LinkRemoved(Link link) implements RouteChange {}

  /**
   * There is a new address, or one has changed.
   *
   * @param address as it is now
   */
  record AddressChanged(InterfaceAddress address) implements RouteChange {}

  /**
   * An address is gone.
   *
   * @param address as it was
   */
  record AddressRemoved(InterfaceAddress address) implements RouteChange {}

  /** Changes have been lost: read links and addresses anew. */
  record Lost() implements RouteChange {}
}
