/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import java.util.BitSet;

/** Who is the server, where no handshake tells: judged by the ports. */
final class ServerGuess {
  private static final int SYSTEM_PORTS = 1024;
  private static final int EPHEMERAL_PORTS = 32_768;
  private static final int LIKELY = 2;

  // Services above the system ports (IANA, or where their documentation puts them).
  private static final BitSet SERVICES = new BitSet();

  static {
    int[] ports = {
      1080, 1194, 1433, 1521, 1645, 1646, 1812, 1813, 1883, 2049, 2181, 2375, 2376, 2379, 2380,
      3000, 3128, 3260, 3268, 3306, 3389, 3478, 4222, 4369, 4500, 4567, 4789, 5000, 5060, 5061,
      5222, 5353, 5355, 5432, 5601, 5671, 5672, 5683, 5900, 5984, 5985, 6379, 6443, 6650, 7000,
      7001, 7077, 7474, 7687, 8000, 8008, 8080, 8081, 8086, 8088, 8091, 8125, 8200, 8300, 8301,
      8443, 8472, 8500, 8600, 8883, 8888, 9000, 9042, 9090, 9092, 9093, 9100, 9160, 9200, 9300,
      9418, 9876, 10000, 10250, 10443, 10911, 11210, 11211, 11434, 15672, 18400, 20880, 21212,
      26379, 27017, 27018, 50051, 61613, 61616
    };
    for (int port : ports) {
      SERVICES.set(port);
    }
  }

  private ServerGuess() {}

  /** Whether the source of the first packet seen of a TCP connection is its client. */
  static boolean tcpSourceIsClient(Packet packet) {
    if (packet.has(Packet.SYN)) {
      return !packet.has(Packet.ACK);
    }
    int source = rank(packet.sourcePort);
    int destination = rank(packet.destinationPort);
    return source != destination
        ? source < destination
        : packet.sourcePort >= packet.destinationPort;
  }

  /**
   * Whether the source of the first packet seen of anything else is its client: it is who spoke
   * first, unless only its port is a service's.
   */
  static boolean sourceIsClient(Packet packet) {
    return rank(packet.sourcePort) < LIKELY || rank(packet.destinationPort) >= LIKELY;
  }

  private static int rank(int port) {
    if (port == 0) {
      return 0;
    }
    if (port < SYSTEM_PORTS) {
      return LIKELY + 1;
    }
    if (SERVICES.get(port)) {
      return LIKELY;
    }
    return port < EPHEMERAL_PORTS ? 1 : 0;
  }
}
