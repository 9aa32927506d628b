/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.util.Locale;

/** Everything that is counted; nothing is dropped, evicted or cut without one of these. */
enum Counter {
  PACKETS("packets that were handed in by captures"),
  BYTES("their bytes on the wire"),
  FLOWS("flows that began"),

  NOT_IP("packets that carry no IP: ARP, LLDP and the like"),
  LINK_UNKNOWN("packets with a link layer that is not understood"),
  LINK_TRUNCATED("packets that end within the link layer's headers"),
  LINK_TAGS_TOO_MANY("packets with more VLAN tags or MPLS labels than are followed"),
  IP_TRUNCATED("packets that end within the IP header or its extensions"),
  IP_VERSION_WRONG("packets whose IP version contradicts what they are said to be"),
  IP_HEADER_WRONG("packets with an impossible IP header length"),
  IP_LENGTH_WRONG("packets that claim to be shorter than their own header"),
  IP_LENGTH_BEYOND_FRAME("packets that claim to be longer than their frame; what is there is read"),
  IP_EXTENSIONS_TOO_MANY("packets with more IPv6 extension headers than are followed"),
  TUNNELS_TOO_DEEP("packets in more tunnels within tunnels than are followed"),
  TUNNEL_PACKETS("packets that were taken out of a tunnel"),
  TUNNEL_UNKNOWN("tunnel packets whose content is not IP; the tunnel itself is the flow"),
  TRANSPORT_TRUNCATED("packets that end within the transport's header"),
  TCP_HEADER_WRONG("TCP segments with an impossible header length"),
  UDP_LENGTH_WRONG("UDP datagrams with an impossible length; what is there is read"),

  FRAGMENTS("IP fragments"),
  FRAGMENTS_REASSEMBLED("datagrams put together from fragments"),
  FRAGMENTS_OVERLAPPING("fragments that overlap others; what came first counts"),
  FRAGMENTS_WRONG("fragments beyond the largest datagram, or of impossible length"),
  FRAGMENTS_TIMED_OUT("datagrams that never became whole; their first bytes are read"),
  FRAGMENTS_EVICTED("datagrams given up unfinished, as too many were"),

  FLOWS_EVICTED("flows forgotten before their time, as the table was full"),
  FLOWS_TIMED_OUT("flows that ended by silence"),
  FLOWS_MID_STREAM("TCP connections whose beginning was not seen"),
  FLOWS_PORT_REUSED("connections that ended as a new one began between the same ports"),

  TCP_RETRANSMITTED_BYTES("bytes that came again"),
  TCP_OUT_OF_ORDER("segments that came before their turn"),
  TCP_OUT_OF_WINDOW("segments too far ahead to belong to their connection"),
  TCP_GAPS("holes in connections, because of loss or of a bound"),
  TCP_GAP_BYTES("bytes missing in them"),
  TCP_BUFFERS_FULL("times that segments before their turn were more than the bounds allow"),

  INSPECTIONS("flows that were inspected"),
  OBSERVER_ERRORS("calls to an observer that failed"),
  CAPTURES_OPENED("captures that were opened"),
  CAPTURES_FAILED("captures that failed or ended by themselves"),
  INTERNAL_ERRORS("errors within the datapath itself; each is in the log"),
  OWNERS_ABANDONED("threads given up because a parser did not return");

  private final String help;

  Counter(String help) {
    this.help = help;
  }

  /** For reports: {@code flows_evicted}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String help() {
    return help;
  }
}
