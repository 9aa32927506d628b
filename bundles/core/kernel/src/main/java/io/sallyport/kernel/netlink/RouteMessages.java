/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.netlink;

import io.sallyport.kernel.net.NativeSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads messages of route netlink; uapi/linux/rtnetlink.h. */
final class RouteMessages {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  static final int RTM_GETLINK = 18;
  static final int RTM_NEWADDR = 20;
  static final int RTM_DELADDR = 21;
  static final int RTM_GETADDR = 22;

  // struct ifinfomsg { u8 family; u8 pad; u16 type; int index; u32 flags; u32 change }
  static final int IFINFOMSG = 16;
  private static final int LINK_TYPE = 2;
  private static final int LINK_INDEX = 4;
  private static final int LINK_FLAGS = 8;
  // uapi/linux/if_link.h
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINK = 5;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_LINK_NETNSID = 37;

  // struct ifaddrmsg { u8 family; u8 prefixlen; u8 flags; u8 scope; u32 index }
  static final int IFADDRMSG = 8;
  private static final int ADDRESS_PREFIX = 1;
  private static final int ADDRESS_SCOPE = 3;
  private static final int ADDRESS_INDEX = 4;
  // uapi/linux/if_addr.h
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;

  private static final int ARPHRD_ETHER = 1;
  private static final int MAC_LENGTH = 6;
  private static final HexFormat MAC = HexFormat.ofDelimiter(":");

  private RouteMessages() {}

  /** The link of a message, or null if the message is malformed. */
  static @Nullable Link link(NetlinkMessages message) {
    int type = message.u16(LINK_TYPE);
    int index = message.u32(LINK_INDEX);
    int flags = message.u32(LINK_FLAGS);
    String name = "";
    String kind = "";
    String mac = "";
    int mtu = 0;
    int master = 0;
    int peer = 0;
    int peerNamespace = -1;
    Attributes attributes = message.attributes(IFINFOMSG, new Attributes());
    while (attributes.next()) {
      switch (attributes.type()) {
        case IFLA_ADDRESS -> mac = mac(type, attributes);
        case IFLA_IFNAME -> name = attributes.text();
        case IFLA_MTU -> mtu = attributes.u32();
        case IFLA_LINK -> peer = attributes.u32();
        case IFLA_MASTER -> master = attributes.u32();
        case IFLA_LINKINFO -> kind = kind(attributes);
        case IFLA_LINK_NETNSID -> peerNamespace = attributes.u32();
        default -> {}
      }
    }
    return attributes.malformed() || index <= 0
        ? null
        : new Link(index, name, kind, mac, type, flags, mtu, master, peer, peerNamespace);
  }

  /** The address of a message, or null if the message is malformed or of another family. */
  static @Nullable InterfaceAddress address(NetlinkMessages message) {
    int family = message.u8(0);
    int prefix = message.u8(ADDRESS_PREFIX);
    int scope = message.u8(ADDRESS_SCOPE);
    int index = message.u32(ADDRESS_INDEX);
    if (family != NativeSocket.AF_INET && family != NativeSocket.AF_INET6) {
      return null;
    }
    InetAddress address = null;
    InetAddress local = null;
    Attributes attributes = message.attributes(IFADDRMSG, new Attributes());
    while (attributes.next()) {
      switch (attributes.type()) {
        case IFA_ADDRESS -> address = inet(attributes);
        case IFA_LOCAL -> local = inet(attributes);
        default -> {}
      }
    }
    // On a link between two points IFA_ADDRESS is the other end's.
    InetAddress own = local == null ? address : local;
    return attributes.malformed() || own == null
        ? null
        : new InterfaceAddress(index, own, prefix, scope);
  }

  private static String kind(Attributes attributes) {
    Attributes info = attributes.nested(new Attributes());
    while (info.next()) {
      if (info.type() == IFLA_INFO_KIND) {
        return info.text();
      }
    }
    return "";
  }

  private static String mac(int type, Attributes attribute) {
    return type == ARPHRD_ETHER && attribute.length() == MAC_LENGTH
        ? MAC.formatHex(attribute.bytes()).toLowerCase(Locale.ROOT)
        : "";
  }

  private static @Nullable InetAddress inet(Attributes attribute) {
    try {
      return InetAddress.getByAddress(attribute.bytes());
    } catch (UnknownHostException e) {
      // Neither 4 nor 16 bytes: not an address.
      return null;
    }
  }
}
