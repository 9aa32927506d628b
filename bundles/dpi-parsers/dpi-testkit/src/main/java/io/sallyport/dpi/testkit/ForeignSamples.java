/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * How conversations of many protocols begin, each under its application's name, so that a parser
 * can show that it does not claim them. Made by hand after the protocols' specifications.
 */
public final class ForeignSamples {
  private static final List<Conversation> ALL =
      List.of(
          http(),
          http2(),
          ssl(),
          ssh(),
          dns(),
          dnsOverTcp(),
          mdns(),
          redis(),
          postgresql(),
          mysql(),
          mongodb(),
          kafka(),
          cassandra(),
          memcached(),
          memcachedBinary(),
          amqp(),
          mqtt(),
          nats(),
          stomp(),
          smtp(),
          imap(),
          pop3(),
          ftp(),
          telnet(),
          irc(),
          ldap(),
          sip(),
          sipOverUdp(),
          rtsp(),
          tds(),
          tns(),
          smb(),
          rdp(),
          zookeeper(),
          whois(),
          ntp(),
          snmp(),
          syslog(),
          dhcp(),
          stun(),
          quic(),
          ssdp(),
          tftp(),
          radius(),
          netbios(),
          wireguard());

  private ForeignSamples() {}

  /** All of them. Some applications come more than once. */
  public static List<Conversation> all() {
    return ALL;
  }

  private static Conversation http() {
    return Conversation.tcp("HTTP")
        .client("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: curl/8.5\r\n\r\n")
        .server("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 2\r\n\r\nok");
  }

  private static Conversation http2() {
    return Conversation.tcp("HTTP2")
        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .clientHex("00000c 04 00 00000000 0003 00000064 0004 02000000")
        .serverHex("000006 04 00 00000000 0003 00000080");
  }

  private static Conversation ssl() {
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

  private static Conversation ssh() {
    return Conversation.tcp("SSH")
        .server("SSH-2.0-OpenSSH_9.6p1 Debian-4\r\n")
        .client("SSH-2.0-OpenSSH_9.2\r\n");
  }

  private static Conversation dns() {
    return Conversation.udp("DNS")
        .clientHex("1a2b 0100 0001 0000 0000 0000 076578616d706c65 036f7267 00 0001 0001")
        .serverHex(
            "1a2b 8180 0001 0001 0000 0000 076578616d706c65 036f7267 00 0001 0001"
                + "c00c 0001 0001 0000003c 0004 c0000207");
  }

  private static Conversation dnsOverTcp() {
    return Conversation.tcp("DNS")
        .clientHex("001d 1a2b 0100 0001 0000 0000 0000 076578616d706c65 036f7267 00 0001 0001");
  }

  private static Conversation mdns() {
    return Conversation.udp("MDNS")
        .port(5353)
        .clientHex(
            "0000 0000 0001 0000 0000 0000 055f68747470 045f746370 056c6f63616c 00 000c 0001");
  }

  private static Conversation redis() {
    return Conversation.tcp("Redis")
        .client("*2\r\n$3\r\nGET\r\n$5\r\ncolor\r\n")
        .server("$4\r\nblue\r\n");
  }

  private static Conversation postgresql() {
    ByteBuffer startup = ByteBuffer.allocate(100);
    startup.putInt(0).putInt(196_608).put(text("user\0app\0database\0shop\0\0"));
    startup.putInt(0, startup.position());
    return Conversation.tcp("PostgreSQL")
        .client(taken(startup))
        .serverHex("52 0000000c 00000005 01020304")
        .client(join(hex("70 00000028"), text("md5" + "0".repeat(32) + "\0")))
        .serverHex("52 00000008 00000000");
  }

  private static Conversation mysql() {
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

  private static Conversation mongodb() {
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

  private static Conversation kafka() {
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

  private static Conversation cassandra() {
    byte[] options = join(hex("0001 000b"), text("CQL_VERSION"), hex("0005"), text("3.4.5"));
    return Conversation.tcp("Cassandra")
        .clientHex("04 00 0000 05 00000000")
        .serverHex("84 00 0000 06 00000002 0000")
        .client(join(hex("04 00 0001 01"), big(options.length), options))
        .serverHex("84 00 0001 02 00000000");
  }

  private static Conversation memcached() {
    return Conversation.tcp("Memcached")
        .client("set color 0 60 4\r\nblue\r\n")
        .server("STORED\r\n")
        .client("get color\r\n")
        .server("VALUE color 0 4\r\nblue\r\nEND\r\n");
  }

  private static Conversation memcachedBinary() {
    return Conversation.tcp("Memcached")
        .client(
            join(hex("80 00 0005 00 00 0000 00000005 00000000 0000000000000000"), text("color")))
        .serverHex("81 00 0000 04 00 0000 00000008 00000000 0000000000000001 00000000 626c7565");
  }

  private static Conversation amqp() {
    return Conversation.tcp("AMQP")
        .client("AMQP\0\0\t\1")
        .server(
            join(
                hex("01 0000 0000001a 000a 000a 00 09 0000000a"),
                text("\7productS\0"),
                hex("00"),
                hex("ce")));
  }

  private static Conversation mqtt() {
    return Conversation.tcp("MQTT")
        .client(join(hex("10 13 0004"), text("MQTT"), hex("04 02 003c 0007"), text("sensor1")))
        .serverHex("20 02 00 00");
  }

  private static Conversation nats() {
    return Conversation.tcp("NATS")
        .server("INFO {\"server_id\":\"NA\",\"version\":\"2.10.1\",\"max_payload\":1048576} \r\n")
        .client("CONNECT {\"verbose\":false,\"lang\":\"go\"}\r\nPING\r\n")
        .server("PONG\r\n")
        .client("SUB updates 1\r\n");
  }

  private static Conversation stomp() {
    return Conversation.tcp("STOMP")
        .client("CONNECT\naccept-version:1.2\nhost:broker\n\n\0")
        .server("CONNECTED\nversion:1.2\n\n\0");
  }

  private static Conversation smtp() {
    return Conversation.tcp("SMTP")
        .server("220 mail.example.org ESMTP Postfix\r\n")
        .client("EHLO client.example.org\r\n")
        .server("250-mail.example.org\r\n250-PIPELINING\r\n250 STARTTLS\r\n")
        .client("MAIL FROM:<a@example.org>\r\n")
        .server("250 2.1.0 Ok\r\n");
  }

  private static Conversation imap() {
    return Conversation.tcp("IMAP")
        .server("* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready.\r\n")
        .client("a1 CAPABILITY\r\n")
        .server("* CAPABILITY IMAP4rev1\r\na1 OK done\r\n");
  }

  private static Conversation pop3() {
    return Conversation.tcp("POP3")
        .server("+OK Dovecot ready.\r\n")
        .client("USER alice\r\n")
        .server("+OK\r\n")
        .client("PASS secret\r\n")
        .server("-ERR [AUTH] Authentication failed.\r\n");
  }

  private static Conversation ftp() {
    return Conversation.tcp("FTP")
        .server("220 (vsFTPd 3.0.5)\r\n")
        .client("USER anonymous\r\n")
        .server("331 Please specify the password.\r\n")
        .client("PASS guest@\r\n")
        .server("230 Login successful.\r\n");
  }

  private static Conversation telnet() {
    return Conversation.tcp("Telnet")
        .serverHex("fffd18 fffd20 fffd23 fffd27")
        .clientHex("fffb18 fffb20 fffc23 fffb27")
        .server("login: ")
        .client("root\r\n");
  }

  private static Conversation irc() {
    return Conversation.tcp("IRC")
        .client("NICK alice\r\nUSER alice 0 * :Alice\r\n")
        .server(":irc.example.org 001 alice :Welcome\r\n");
  }

  private static Conversation ldap() {
    return Conversation.tcp("LDAP")
        .clientHex("30 0c 02 01 01 60 07 02 01 03 04 00 80 00")
        .serverHex("30 0c 02 01 01 61 07 0a 01 00 04 00 04 00");
  }

  private static Conversation sip() {
    return Conversation.tcp("SIP")
        .client(sipText())
        .server("SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n");
  }

  private static Conversation sipOverUdp() {
    return Conversation.udp("SIP")
        .client(sipText())
        .server("SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n");
  }

  private static String sipText() {
    return "OPTIONS sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nCSeq: 1 OPTIONS\r\n\r\n";
  }

  private static Conversation rtsp() {
    return Conversation.tcp("RTSP")
        .client("OPTIONS rtsp://example.org/stream RTSP/1.0\r\nCSeq: 1\r\n\r\n")
        .server("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n");
  }

  private static Conversation tds() {
    return Conversation.tcp("TDS")
        .clientHex(
            "12 01 002f 0000 00 00 0000 1a 0006 0100 2000 0102 0021 0001 0300 2200 0404 0026 0001 ff"
                + "0e000c0a 0000 00 00 00000000 00");
  }

  private static Conversation tns() {
    byte[] connect = text("(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=XE))(ADDRESS=(PROTOCOL=TCP)))");
    byte[] fixed =
        hex("0139 012c 0000 2000 7fff 7f08 0000 0001 0000 003a 00000000 0000" + "00".repeat(24));
    ByteBuffer packet = ByteBuffer.allocate(200);
    packet.putShort((short) (8 + fixed.length + connect.length)).put(hex("0000 01 00 0000"));
    packet.put(fixed).put(connect);
    return Conversation.tcp("TNS").client(taken(packet));
  }

  private static Conversation smb() {
    byte[] header =
        join(
            hex("fe534d42 4000 0000 00000000 0000 0100 00000000 00000000"),
            filled(40, 0),
            hex("2400 0200 0100 0000"),
            filled(28, 0),
            hex("0202 1003"));
    return Conversation.tcp("SMB").client(join(big(header.length), header));
  }

  private static Conversation rdp() {
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

  private static Conversation zookeeper() {
    return Conversation.tcp("ZooKeeper")
        .clientHex(
            "0000002d 00000000 0000000000000000 00007530 0000000000000000 00000010"
                + "00".repeat(16)
                + "00");
  }

  private static Conversation whois() {
    return Conversation.tcp("Whois")
        .client("example.org\r\n")
        .server("Domain Name: EXAMPLE.ORG\r\n");
  }

  private static Conversation ntp() {
    return Conversation.udp("NTP").clientHex("23 00 06 e9" + "00".repeat(36) + "e5f1a2b3c4d5e6f7");
  }

  private static Conversation snmp() {
    return Conversation.udp("SNMP")
        .clientHex(
            "30 26 02 01 01 04 06 7075626c6963 a0 19 02 04 1a2b3c4d 02 01 00 02 01 00 30 0b 30 09 06 05 2b06010201 05 00");
  }

  private static Conversation syslog() {
    return Conversation.udp("Syslog")
        .client("<34>Oct 11 22:14:15 host su: 'su root' failed for alice");
  }

  private static Conversation dhcp() {
    return Conversation.udp("DHCP")
        .clientHex(
            "01 01 06 00 3903f326 0000 0000"
                + "00".repeat(16)
                + "020000000001"
                + "00".repeat(202)
                + "63825363 350101 3704 01030f06 ff");
  }

  private static Conversation stun() {
    return Conversation.udp("STUN").clientHex("0001 0000 2112a442 0102030405060708090a0b0c");
  }

  private static Conversation quic() {
    return Conversation.udp("QUIC")
        .clientHex("c3 00000001 08 0102030405060708 00 00 449e" + "5a".repeat(1_150));
  }

  private static Conversation ssdp() {
    return Conversation.udp("SSDP")
        .client(
            "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\n\r\n");
  }

  private static Conversation tftp() {
    return Conversation.udp("TFTP").client("\0\1boot.cfg\0octet\0").serverHex("0003 0001 61626364");
  }

  private static Conversation radius() {
    return Conversation.udp("Radius")
        .client(
            join(
                hex("01 2a 0026"),
                filled(16, 0x37),
                hex("01 07"),
                text("alice"),
                hex("02 06 61626364 04 05 c00002")));
  }

  private static Conversation netbios() {
    return Conversation.udp("NetBIOS")
        .clientHex("8001 0110 0001 0000 0000 0000 20" + "43".repeat(32) + "00 0020 0001");
  }

  private static Conversation wireguard() {
    return Conversation.udp("WireGuard").client(join(hex("01000000 1a2b3c4d"), filled(140, 0x6b)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  private static byte[] big(long value) {
    return ByteBuffer.allocate(4).putInt((int) value).array();
  }

  private static byte[] little(long value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
  }

  private static byte[] filled(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] taken(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return taken(joined);
  }
}
