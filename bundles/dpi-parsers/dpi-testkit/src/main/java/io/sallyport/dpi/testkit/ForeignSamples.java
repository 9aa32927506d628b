/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import java.util.List;

/**
 * How conversations of many protocols begin, each under its application's name, so that a parser
 * can show that it does not claim them. Made by hand after the protocols' specifications.
 */
public final class ForeignSamples {
  private static final List<Conversation> ALL =
      List.of(
          TextSamples.http(),
          BinarySamples.http2(),
          BinarySamples.ssl(),
          TextSamples.ssh(),
          BinarySamples.dns(),
          BinarySamples.dnsOverTcp(),
          BinarySamples.mdns(),
          TextSamples.redis(),
          BinarySamples.postgresql(),
          BinarySamples.mysql(),
          BinarySamples.mongodb(),
          BinarySamples.kafka(),
          BinarySamples.cassandra(),
          TextSamples.memcached(),
          BinarySamples.memcachedBinary(),
          BinarySamples.amqp(),
          BinarySamples.mqtt(),
          TextSamples.nats(),
          TextSamples.stomp(),
          TextSamples.smtp(),
          TextSamples.imap(),
          TextSamples.pop3(),
          TextSamples.ftp(),
          BinarySamples.telnet(),
          TextSamples.irc(),
          BinarySamples.ldap(),
          TextSamples.sip(),
          TextSamples.sipOverUdp(),
          TextSamples.rtsp(),
          BinarySamples.tds(),
          BinarySamples.tns(),
          BinarySamples.smb(),
          BinarySamples.rdp(),
          BinarySamples.zookeeper(),
          TextSamples.whois(),
          BinarySamples.ntp(),
          BinarySamples.snmp(),
          TextSamples.syslog(),
          BinarySamples.dhcp(),
          BinarySamples.stun(),
          BinarySamples.quic(),
          TextSamples.ssdp(),
          BinarySamples.tftp(),
          BinarySamples.radius(),
          BinarySamples.netbios(),
          BinarySamples.wireguard());

  private ForeignSamples() {}

  /** All of them. Some applications come more than once. */
  public static List<Conversation> all() {
    return ALL;
  }
}
