/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

/** Samples of protocols that are made of lines of text. */
final class TextSamples {
  private TextSamples() {}

  static Conversation http() {
    return Conversation.tcp("HTTP")
        .client("GET /index.html HTTP/1.1\r\nHost: example.org\r\nUser-Agent: curl/8.5\r\n\r\n")
        .server("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 2\r\n\r\nok");
  }

  static Conversation ssh() {
    return Conversation.tcp("SSH")
        .server("SSH-2.0-OpenSSH_9.6p1 Debian-4\r\n")
        .client("SSH-2.0-OpenSSH_9.2\r\n");
  }

  static Conversation redis() {
    return Conversation.tcp("Redis")
        .client("*2\r\n$3\r\nGET\r\n$5\r\ncolor\r\n")
        .server("$4\r\nblue\r\n");
  }

  static Conversation memcached() {
    return Conversation.tcp("Memcached")
        .client("set color 0 60 4\r\nblue\r\n")
        .server("STORED\r\n")
        .client("get color\r\n")
        .server("VALUE color 0 4\r\nblue\r\nEND\r\n");
  }

  static Conversation nats() {
    return Conversation.tcp("NATS")
        .server("INFO {\"server_id\":\"NA\",\"version\":\"2.10.1\",\"max_payload\":1048576} \r\n")
        .client("CONNECT {\"verbose\":false,\"lang\":\"go\"}\r\nPING\r\n")
        .server("PONG\r\n")
        .client("SUB updates 1\r\n");
  }

  static Conversation stomp() {
    return Conversation.tcp("STOMP")
        .client("CONNECT\naccept-version:1.2\nhost:broker\n\n\0")
        .server("CONNECTED\nversion:1.2\n\n\0");
  }

  static Conversation smtp() {
    return Conversation.tcp("SMTP")
        .server("220 mail.example.org ESMTP Postfix\r\n")
        .client("EHLO client.example.org\r\n")
        .server("250-mail.example.org\r\n250-PIPELINING\r\n250 STARTTLS\r\n")
        .client("MAIL FROM:<a@example.org>\r\n")
        .server("250 2.1.0 Ok\r\n");
  }

  static Conversation imap() {
    return Conversation.tcp("IMAP")
        .server("* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready.\r\n")
        .client("a1 CAPABILITY\r\n")
        .server("* CAPABILITY IMAP4rev1\r\na1 OK done\r\n");
  }

  static Conversation pop3() {
    return Conversation.tcp("POP3")
        .server("+OK Dovecot ready.\r\n")
        .client("USER alice\r\n")
        .server("+OK\r\n")
        .client("PASS secret\r\n")
        .server("-ERR [AUTH] Authentication failed.\r\n");
  }

  static Conversation ftp() {
    return Conversation.tcp("FTP")
        .server("220 (vsFTPd 3.0.5)\r\n")
        .client("USER anonymous\r\n")
        .server("331 Please specify the password.\r\n")
        .client("PASS guest@\r\n")
        .server("230 Login successful.\r\n");
  }

  static Conversation irc() {
    return Conversation.tcp("IRC")
        .client("NICK alice\r\nUSER alice 0 * :Alice\r\n")
        .server(":irc.example.org 001 alice :Welcome\r\n");
  }

  static Conversation sip() {
    return Conversation.tcp("SIP")
        .client(sipText())
        .server("SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n");
  }

  static Conversation sipOverUdp() {
    return Conversation.udp("SIP")
        .client(sipText())
        .server("SIP/2.0 200 OK\r\nCSeq: 1 OPTIONS\r\n\r\n");
  }

  private static String sipText() {
    return "OPTIONS sip:bob@example.org SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1\r\nCSeq: 1 OPTIONS\r\n\r\n";
  }

  static Conversation rtsp() {
    return Conversation.tcp("RTSP")
        .client("OPTIONS rtsp://example.org/stream RTSP/1.0\r\nCSeq: 1\r\n\r\n")
        .server("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n");
  }

  static Conversation whois() {
    return Conversation.tcp("Whois")
        .client("example.org\r\n")
        .server("Domain Name: EXAMPLE.ORG\r\n");
  }

  static Conversation syslog() {
    return Conversation.udp("Syslog")
        .client("<34>Oct 11 22:14:15 host su: 'su root' failed for alice");
  }

  static Conversation ssdp() {
    return Conversation.udp("SSDP")
        .client(
            "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nST: ssdp:all\r\n\r\n");
  }
}
