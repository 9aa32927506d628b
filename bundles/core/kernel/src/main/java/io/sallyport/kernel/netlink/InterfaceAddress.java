/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import java.net.InetAddress;

/**
 * An address of an interface.
 *
 * @param interfaceIndex the interface
 * @param address IPv4 or IPv6, without a scope
 * @param prefixLength bits of the network
 * @param scope RT_SCOPE_*: 0 everywhere, 253 this link, 254 this host
 */
public record InterfaceAddress(
    int interfaceIndex, InetAddress address, int prefixLength, int scope) {}
