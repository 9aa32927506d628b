/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

/**
 * Takes messages, one at a time. If it throws while a request is answered, close the socket: the
 * rest of the answer is lost.
 */
@FunctionalInterface
public interface NetlinkHandler {
  /** Takes the message at which the walk stands, valid during the call only; do not move it. */
  void message(NetlinkMessages message);
}
