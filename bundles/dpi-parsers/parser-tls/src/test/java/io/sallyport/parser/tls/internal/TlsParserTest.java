/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.Driver;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import io.sallyport.dpi.testkit.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handshakes that the JDK's own TLS performs. */
final class TlsParserTest extends ProtocolParserContract {
  private static final List<Conversation> CONVERSATIONS =
      List.of(
          Peers.handshake("TLSv1.3")
              .expect("sni", "shop.example")
              .expect("version", "TLSv1.3")
              .expect("client_version", "TLSv1.3")
              .expect("alpn", "h2", "http/1.1"),
          Peers.handshake("TLSv1.2")
              .expect("sni", "shop.example")
              .expect("version", "TLSv1.2")
              .expect("subject", "shop.example")
              .expect("issuer", "shop.example")
              .expect("certificate_name", "shop.example", "www.shop.example")
              .expect("alpn", "h2", "http/1.1"),
          Conversation.tcp("SSL 2's hello")
              .clientHex(
                  "802e 01 0002 0015 0000 0010 010080 020080 030080 040080 050080 060040 0700c0"
                      + "00112233445566778899aabbccddeeff")
              .expect("client_version", "SSLv2"),
          Conversation.tcp("an alert and its end").clientHex("1503010002 0100"));

  @Override
  protected ProtocolParser parser() {
    return new TlsParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return CONVERSATIONS;
  }

  /**
   * The hello of the specification's example; its fingerprint is {@code
   * t13d1516h2_8daaf6152771_e5627efa2ab1}.
   */
  @Test
  void takesTheFingerprintAsSpecified() {
    int[] ciphers = {
      0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014,
      0x009c, 0x009d, 0x002f, 0x0035
    };
    int[] extensions = {
      0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012,
      0x002b, 0xff01, 0x000b, 0x000a, 0x0015
    };
    int[] signatures = {0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601};
    ListHashes hashes = new ListHashes();
    // The second time they are remembered.
    for (int time = 0; time < 2; time++) {
      assertThat(
              new Ja4(hashes, 0x0304, true, 'h' << 8 | '2')
                  .ciphers(ciphers, ciphers.length)
                  .extensions(extensions, extensions.length, signatures, signatures.length))
          .hasToString("t13d1516h2_8daaf6152771_e5627efa2ab1");
    }
  }

  @Test
  void fingerprintsARealClient() {
    try (Driver driver = new Driver(parser())) {
      Reading reading = driver.read(CONVERSATIONS.getFirst());
      assertThat(reading.attributes().get("ja4"))
          .singleElement()
          .asString()
          .matches("t13d\\d{4}h2_[0-9a-f]{12}_[0-9a-f]{12}");
    }
  }
}
