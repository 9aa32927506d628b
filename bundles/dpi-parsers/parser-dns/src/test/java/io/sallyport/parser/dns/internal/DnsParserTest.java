/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.Driver;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DnsParserTest extends ProtocolParserContract {
  private static final String NAME = "03777777 076578616d706c65 036f7267 00";
  private static final String QUERY = "1a2b 0100 0001 0000 0000 0000" + NAME + "0001 0001";

  @Override
  protected ProtocolParser parser() {
    return new DnsParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.udp("addresses behind an alias")
            .clientHex(QUERY)
            .serverHex(
                "1a2b 8180 0001 0003 0000 0001"
                    + NAME
                    + "0001 0001"
                    + "c00c 0005 0001 0000003c 0006 03637 46e c010"
                    + "c02d 0001 0001 0000003c 0004 c0000207"
                    + "c02d 001c 0001 0000003c 0010 20010db8000000000000000000000007"
                    + "00 0029 1000 00000000 0000")
            .request("query", "www.example.org", "type", "A")
            .response(
                "query",
                "www.example.org",
                "rcode",
                "NOERROR",
                "answer",
                "ctn.example.org",
                "answer",
                "192.0.2.7",
                "answer",
                "2001:db8::7")
            .expect("answer", "ctn.example.org", "192.0.2.7", "2001:db8::7"),
        Conversation.udp("no such name, with the zone's authority")
            .clientHex(QUERY)
            .serverHex(
                "1a2b 8183 0001 0000 0001 0000"
                    + NAME
                    + "0001 0001"
                    + "c010 0006 0001 0000003c 0018 026e73 c010 c010 00000001 00000002 00000003 00000004 00000005"
                        .replace("0018", "001b"))
            .request("type", "A")
            .response("rcode", "NXDOMAIN", "authority", "ns.example.org"),
        Conversation.udp("extended query, refused without a question")
            .clientHex(
                "1a2b 0120 0001 0000 0000 0001" + NAME + "0041 0001 00 0029 04d0 00000000 0000")
            .serverHex("1a2b 8105 0000 0000 0000 0000")
            .request("type", "HTTPS")
            .response("rcode", "REFUSED"),
        Conversation.udp("services and texts")
            .clientHex("0001 0100 0001 0000 0000 0000" + NAME + "0021 0001")
            .serverHex(
                "0001 8400 0001 0002 0000 0000"
                    + NAME
                    + "0021 0001"
                    + "c00c 0021 0001 0000003c 0008 0000 0000 1538 c010"
                    + "c00c 0010 0001 0000003c 0006 05 68656c6c6f")
            .request("type", "SRV")
            .response("answer", "example.org:5432", "answer", "hello"),
        Conversation.tcp("two messages in a row")
            .clientHex("0021" + QUERY + "0021" + QUERY.replace("1a2b", "1a2c"))
            .serverHex(
                "0031 1a2b 8180 0001 0001 0000 0000"
                    + NAME
                    + "0001 0001 c00c 0001 0001 0000003c 0004 c0000207")
            .request("query", "www.example.org")
            .request("query", "www.example.org")
            .response("answer", "192.0.2.7"));
  }

  @Test
  void readsTheBeginningOfALongMessage() {
    int records = 3_000;
    String message =
        "1a2b 8400 0001 %04x 0000 0000".formatted(records)
            + NAME
            + "00fc 0001"
            + "c00c 0001 0001 0000003c 0004 c0000207".repeat(records);
    String length = "%04x".formatted(message.replaceAll("\\s", "").length() / 2);
    Conversation zone =
        Conversation.tcp("zone").serverHex(length + message).serverHex("0021" + QUERY);
    try (Driver driver = new Driver(new DnsParser())) {
      assertThat(driver.read(zone).messages()).hasSize(2);
    }
  }

  @Test
  void isNotFooledByPointersThatLoop() {
    try (Driver driver = new Driver(new DnsParser())) {
      for (String loop : List.of("c00c", "c00e", "0161 c00c", "c0ff")) {
        Conversation query =
            Conversation.udp(loop).clientHex("1a2b 0100 0001 0000 0000 0000" + loop + "0001 0001");
        assertThat(driver.read(query).messages()).isEmpty();
      }
      assertThat(driver.problems()).isEmpty();
    }
  }

  @Test
  void leavesMulticastToOthers() {
    try (Driver driver = new Driver(new DnsParser())) {
      for (int port : new int[] {5353, 5355}) {
        assertThat(driver.read(Conversation.udp("kin").port(port).clientHex(QUERY)).application())
            .isEqualTo(Application.UNKNOWN);
      }
    }
  }

  @Test
  void recognisesADamagedMessageAndReadsTheWholeOne() {
    try (Driver driver = new Driver(new DnsParser())) {
      for (String damaged :
          List.of(
              QUERY.replace("0100 0001", "3600 0001"),
              QUERY.replace("0001 0000 0000 0000", "0001 0000 aaaa 0000"),
              QUERY.replace("037777", "cf7777"))) {
        Conversation retried = Conversation.udp(damaged).clientHex(damaged).clientHex(QUERY);
        assertThat(driver.read(retried).attributes())
            .containsEntry("query", List.of("www.example.org"));
        assertThat(driver.read(Conversation.udp(damaged).clientHex(damaged)).application())
            .isEqualTo(Applications.DNS);
      }
    }
  }

  @Test
  void leavesDnscryptToOthers() {
    String text = "7c 444e5343 0001 0000" + "ab".repeat(116);
    Conversation certificate =
        Conversation.udp("certificate")
            .clientHex("1a2b 0100 0001 0000 0000 0000" + NAME + "0010 0001")
            .serverHex(
                "1a2b 8180 0001 0001 0000 0000"
                    + NAME
                    + "0010 0001"
                    + "c00c 0010 0001 00000000 007d"
                    + text);
    try (Driver driver = new Driver(new DnsParser())) {
      assertThat(driver.read(certificate).application()).isEqualTo(Application.UNKNOWN);
    }
  }
}
