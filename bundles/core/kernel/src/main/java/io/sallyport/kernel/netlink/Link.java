/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

/**
 * A network interface.
 *
 * @param index its number in its namespace, above 0
 * @param name its name
 * @param kind what made it ({@code veth}, {@code bridge}, {@code vlan}); empty for a device
 * @param mac its address as {@code 02:42:ac:11:00:02}; empty if it has none
 * @param type ARPHRD_*: 1 Ethernet, 772 loopback, 65534 without link header
 * @param flags IFF_*
 * @param mtu the longest packet
 * @param master the index of the bridge or bond it belongs to; 0 if none
 * @param peer the index of a veth's other end, or of what this stands upon; 0 if none
 * @param peerNamespace the number by which this namespace knows the one where {@code peer} is; -1
 *     if it is here
 */
public record Link(
    int index,
    String name,
    String kind,
    String mac,
    int type,
    int flags,
    int mtu,
    int master,
    int peer,
    int peerNamespace) {
  // uapi/linux/if.h
  private static final int IFF_UP = 1;
  private static final int IFF_LOOPBACK = 8;

  /** Whether it has been set up. */
  public boolean up() {
    return (flags & IFF_UP) != 0;
  }

  /** Whether it is lo. */
  public boolean loopback() {
    return (flags & IFF_LOOPBACK) != 0;
  }
}
