/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

/** The protocol a flow rides on, by its IP protocol number (IANA). */
public enum Transport {
  ICMP(1),
  IGMP(2),
  TCP(6),
  UDP(17),
  DCCP(33),
  GRE(47),
  ESP(50),
  AH(51),
  ICMPV6(58),
  OSPF(89),
  PIM(103),
  VRRP(112),
  SCTP(132),
  UDPLITE(136),
  /** Any other; the number itself is kept beside it. */
  OTHER(-1);

  private static final Transport[] BY_NUMBER = new Transport[256];

  static {
    java.util.Arrays.fill(BY_NUMBER, OTHER);
    for (Transport transport : values()) {
      if (transport.number >= 0) {
        BY_NUMBER[transport.number] = transport;
      }
    }
  }

  private final int number;

  Transport(int number) {
    this.number = number;
  }

  /** The IANA number, -1 for {@link #OTHER}. */
  public int number() {
    return number;
  }

  /** Whether endpoints have ports. */
  public boolean hasPorts() {
    return this == TCP || this == UDP || this == SCTP || this == DCCP || this == UDPLITE;
  }

  /** The transport of an IP protocol number (0 to 255). */
  public static Transport of(int number) {
    return BY_NUMBER[number & 0xff];
  }
}
