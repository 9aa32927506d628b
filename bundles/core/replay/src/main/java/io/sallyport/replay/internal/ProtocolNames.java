/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.common.Transport;
import io.sallyport.api.flow.FlowRecord;

/** The usual names of IP protocols (IANA). */
final class ProtocolNames {
  private ProtocolNames() {}

  static String of(FlowRecord flow) {
    return switch (flow.transport()) {
      case Transport.ICMPV6 -> "ICMPv6";
      case Transport.UDPLITE -> "UDPLite";
      case Transport.OSPF -> "OSPF";
      case Transport.OTHER -> other(flow.protocolNumber());
      default -> flow.transport().name();
    };
  }

  private static String other(int number) {
    return switch (number) {
      case 0 -> "HOPOPT";
      case 3 -> "GGP";
      case 4 -> "IPv4";
      case 5 -> "ST";
      case 8 -> "EGP";
      case 9 -> "IGP";
      case 12 -> "PUP";
      case 20 -> "HMP";
      case 22 -> "XNS-IDP";
      case 27 -> "RDP";
      case 41 -> "IPv6";
      case 43 -> "IPv6-Route";
      case 44 -> "IPv6-Frag";
      case 45 -> "IDRP";
      case 46 -> "RSVP";
      case 48 -> "DSR";
      case 54 -> "NARP";
      case 55 -> "MOBILE";
      case 57 -> "SKIP";
      case 59 -> "IPv6-NoNxt";
      case 60 -> "IPv6-Opts";
      case 83 -> "VINES";
      case 88 -> "EIGRP";
      case 94 -> "IPIP";
      case 97 -> "ETHERIP";
      case 98 -> "ENCAP";
      case 108 -> "IPComp";
      case 113 -> "PGM";
      case 115 -> "L2TP";
      case 124 -> "ISIS";
      case 133 -> "FC";
      case 134 -> "RSVP-E2E-IGNORE";
      case 135 -> "Mobility";
      case 137 -> "MPLS-in-IP";
      case 138 -> "MANET";
      case 139 -> "HIP";
      case 140 -> "Shim6";
      case 143 -> "Ethernet";
      default -> Integer.toString(number);
    };
  }
}
