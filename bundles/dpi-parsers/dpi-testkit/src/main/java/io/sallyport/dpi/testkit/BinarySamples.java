/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import static io.sallyport.dpi.testkit.Raw.big;
import static io.sallyport.dpi.testkit.Raw.filled;
import static io.sallyport.dpi.testkit.Raw.hex;
import static io.sallyport.dpi.testkit.Raw.join;
import static io.sallyport.dpi.testkit.Raw.little;
import static io.sallyport.dpi.testkit.Raw.taken;
import static io.sallyport.dpi.testkit.Raw.text;

import java.nio.ByteBuffer;

/** Samples of protocols that are made of numbers. */
final class BinarySamples {
  private BinarySamples() {}

  static Conversation http2() {
    return Conversation.tcp("HTTP2")
        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .clientHex("00000c 04 00 00000000 0003 00000064 0004 02000000")
        .serverHex("000006 04 00 00000000 0003 00000080");
  }

  static Conversation ssl() {
    byte[] name = text("example.org");
    ByteBuffer extensions = ByteBuffer.allocate(64);
    extensions.putShort((short) 0).putShort((short) (name.length + 5));
    extensions.putShort((short) (name.length + 3)).put((byte) 0).putShort((short) name.length);
    extensions.put(name);
    extensions.put(hex("000a 0004 0002 001d 002b 0003 02 0304"));
    byte[] list = taken(extensions);
    ByteBuffer hello = ByteBuffer.allocate(256);
    hello.put(hex("0303")).put(filled(32, 0x11)).put((byte) 32).put(filled(32, 0x22));
    hello.put(hex("0006 1301 1302 c02f 01 00")).putShort((short) list.length).put(list);
    byte[] body = taken(hello);
    ByteBuffer record = ByteBuffer.allocate(300);
    record.put(hex("160301")).putShort((short) (body.length + 4)).put((byte) 1).put((byte) 0);
    record.putShort((short) body.length).put(body);
    return Conversation.tcp("SSL")
        .client(taken(record))
        .serverHex("160303 002c 02 000028 0303 " + "33".repeat(32) + " 00 c02f 00 0000");
  }

  static Conversation dns() {
    return Conversation.udp("DNS")
        .clientHex("1a2b 0100 0001 0000 0000 0000 076578616d706c65 036f7267 00 0001 0001")
        .serverHex(
            "1a2b 8180 0001 0001 0000 0000 076578616d706c65 036f7267 00 0001 0001"
                + "c00c 0001 0001 0000003c 0004 c0000207");
  }

  static Conversation dnsOverTcp() {
    return Conversation.tcp("DNS")
        .clientHex("001d 1a2b 0100 0001 0000 0000 0000 076578616d706c65 036f7267 00 0001 0001");
  }

  static Conversation mdns() {
    return Conversation.udp("MDNS")
        .port(5353)
        .clientHex(
            "0000 0000 0001 0000 0000 0000 055f68747470 045f746370 056c6f63616c 00 000c 0001");
  }

  static Conversation postgresql() {
    ByteBuffer startup = ByteBuffer.allocate(100);
    startup.putInt(0).putInt(196_608).put(text("user\0app\0database\0shop\0\0"));
    startup.putInt(0, startup.position());
    return Conversation.tcp("PostgreSQL")
        .client(taken(startup))
        .serverHex("52 0000000c 00000005 01020304")
        .client(join(hex("70 00000028"), text("md5" + "0".repeat(32) + "\0")))
        .serverHex("52 00000008 00000000");
  }

  static Conversation mysql() {
    byte[] greeting =
        join(
            hex("0a"),
            text("8.0.36\0"),
            hex("0b000000"),
            text("abcdefgh\0"),
            hex("fff7 ff 0200 ffc1 15"),
            filled(10, 0),
            text("ijklmnopqrst\0"),
            text("mysql_native_password\0"));
    return Conversation.tcp("MySQL")
        .server(join(little(greeting.length), greeting))
        .client(
            join(
                little(50 | (1L << 24)),
                hex("85a6ff01 00000001 21"),
                filled(23, 0),
                text("app\0"),
                hex("00"),
                text("shop\0mysql_n\0")));
  }

  static Conversation mongodb() {
    byte[] document =
        join(
            hex("1f000000 10"),
            text("isMaster\0"),
            hex("01000000 02"),
            text("$db\0"),
            hex("03000000"),
            text("t\0"),
            hex("00"));
    byte[] body = join(hex("01000000 00000000 dd070000 00000000 00"), document);
    return Conversation.tcp("MongoDB").client(join(little(body.length + 4L), body));
  }

  static Conversation kafka() {
    byte[] body =
        join(
            hex("0012 0003 00000001 000a"),
            text("consumer-1"),
            hex("00 0e"),
            text("librdkafka"),
            hex("06"),
            text("2.3.0"),
            hex("00"));
    return Conversation.tcp("Kafka").client(join(big(body.length), body));
  }

  static Conversation cassandra() {
    byte[] options = join(hex("0001 000b"), text("CQL_VERSION"), hex("0005"), text("3.4.5"));
    return Conversation.tcp("Cassandra")
        .clientHex("04 00 0000 05 00000000")
        .serverHex("84 00 0000 06 00000002 0000")
        .client(join(hex("04 00 0001 01"), big(options.length), options))
        .serverHex("84 00 0001 02 00000000");
  }

  static Conversation memcachedBinary() {
    return Conversation.tcp("Memcached")
        .client(
            join(hex("80 00 0005 00 00 0000 00000005 00000000 0000000000000000"), text("color")))
        .serverHex("81 00 0000 04 00 0000 00000008 00000000 0000000000000001 00000000 626c7565");
  }

  static Conversation amqp() {
    return Conversation.tcp("AMQP")
        .client("AMQP\0\0\t\1")
        .server(
            join(
                hex("01 0000 0000001a 000a 000a 00 09 0000000a"),
                text("\7productS\0"),
                hex("00"),
                hex("ce")));
  }

  static Conversation mqtt() {
    return Conversation.tcp("MQTT")
        .client(join(hex("10 13 0004"), text("MQTT"), hex("04 02 003c 0007"), text("sensor1")))
        .serverHex("20 02 00 00");
  }

  static Conversation telnet() {
    return Conversation.tcp("Telnet")
        .serverHex("fffd18 fffd20 fffd23 fffd27")
        .clientHex("fffb18 fffb20 fffc23 fffb27")
        .server("login: ")
        .client("root\r\n");
  }

  static Conversation ldap() {
    return Conversation.tcp("LDAP")
        .clientHex("30 0c 02 01 01 60 07 02 01 03 04 00 80 00")
        .serverHex("30 0c 02 01 01 61 07 0a 01 00 04 00 04 00");
  }

  static Conversation tds() {
    return Conversation.tcp("TDS")
        .clientHex(
            "12 01 002f 0000 00 00 0000 1a 0006 0100 2000 0102 0021 0001 0300 2200 0404 0026 0001 ff"
                + "0e000c0a 0000 00 00 00000000 00");
  }

  static Conversation tns() {
    byte[] connect = text("(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=XE))(ADDRESS=(PROTOCOL=TCP)))");
    byte[] fixed =
        hex("0139 012c 0000 2000 7fff 7f08 0000 0001 0000 003a 00000000 0000" + "00".repeat(24));
    ByteBuffer packet = ByteBuffer.allocate(200);
    packet.putShort((short) (8 + fixed.length + connect.length)).put(hex("0000 01 00 0000"));
    packet.put(fixed).put(connect);
    return Conversation.tcp("TNS").client(taken(packet));
  }

  static Conversation smb() {
    byte[] header =
        join(
            hex("fe534d42 4000 0000 00000000 0000 0100 00000000 00000000"),
            filled(40, 0),
            hex("2400 0200 0100 0000"),
            filled(28, 0),
            hex("0202 1003"));
    return Conversation.tcp("SMB").client(join(big(header.length), header));
  }

  static Conversation rdp() {
    byte[] cookie = text("Cookie: mstshash=alice\r\n");
    int length = 4 + 7 + cookie.length + 8;
    return Conversation.tcp("RDP")
        .client(
            join(
                hex("0300"),
                new byte[] {0, (byte) length, (byte) (length - 5)},
                hex("e0 0000 0000 00"),
                cookie,
                hex("01 00 0800 03000000")))
        .serverHex("0300 0013 0e d0 0000 1234 00 02 00 0800 02000000");
  }

  static Conversation zookeeper() {
    return Conversation.tcp("ZooKeeper")
        .clientHex(
            "0000002d 00000000 0000000000000000 00007530 0000000000000000 00000010"
                + "00".repeat(16)
                + "00");
  }

  static Conversation ntp() {
    return Conversation.udp("NTP").clientHex("23 00 06 e9" + "00".repeat(36) + "e5f1a2b3c4d5e6f7");
  }

  static Conversation snmp() {
    return Conversation.udp("SNMP")
        .clientHex(
            "30 26 02 01 01 04 06 7075626c6963 a0 19 02 04 1a2b3c4d 02 01 00 02 01 00 30 0b 30 09 06 05 2b06010201 05 00");
  }

  static Conversation dhcp() {
    return Conversation.udp("DHCP")
        .clientHex(
            "01 01 06 00 3903f326 0000 0000"
                + "00".repeat(16)
                + "020000000001"
                + "00".repeat(202)
                + "63825363 350101 3704 01030f06 ff");
  }

  static Conversation stun() {
    return Conversation.udp("STUN").clientHex("0001 0000 2112a442 0102030405060708090a0b0c");
  }

  static Conversation quic() {
    return Conversation.udp("QUIC")
        .clientHex("c3 00000001 08 0102030405060708 00 00 449e" + "5a".repeat(1_150));
  }

  static Conversation tftp() {
    return Conversation.udp("TFTP").client("\0\1boot.cfg\0octet\0").serverHex("0003 0001 61626364");
  }

  static Conversation radius() {
    return Conversation.udp("Radius")
        .client(
            join(
                hex("01 2a 0026"),
                filled(16, 0x37),
                hex("01 07"),
                text("alice"),
                hex("02 06 61626364 04 05 c00002")));
  }

  static Conversation netbios() {
    return Conversation.udp("NetBIOS")
        .clientHex("8001 0110 0001 0000 0000 0000 20" + "43".repeat(32) + "00 0020 0001");
  }

  static Conversation wireguard() {
    return Conversation.udp("WireGuard").client(join(hex("01000000 1a2b3c4d"), filled(140, 0x6b)));
  }
}
