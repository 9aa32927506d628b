/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.Driver;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import io.sallyport.dpi.testkit.Reading;
import io.sallyport.dpi.testkit.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PostgresqlParserTest extends ProtocolParserContract {
  private static final byte[] SSL_REQUEST = untyped(80_877_103, "");
  private static final byte[] STARTUP =
      untyped(196_608, "user\0app\0database\0shop\0application_name\0psql\0\0");
  private static final byte[] AUTHENTICATED =
      join(
          message('R', "\0\0\0\0"),
          message('S', "server_version\00015.3\0"),
          message('S', "TimeZone\0UTC\0"),
          message('K', "\0\0\0\1\0\0\0\2"),
          message('Z', "I"));

  @Override
  protected ProtocolParser parser() {
    return new PostgresqlParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("session with a password")
            .client(STARTUP)
            .server(message('R', "\0\0\0\5abcd"))
            .client(message('p', "md5secret\0"))
            .server(AUTHENTICATED)
            .client(message('Q', "SELECT name FROM people\0"))
            .server(
                join(
                    message('T', "\0\1name\0" + "\0".repeat(18)),
                    message('D', "\0\1\0\0\0\5alice"),
                    message('C', "SELECT 1\0"),
                    message('Z', "I")))
            .client(message('X', ""))
            .request("user", "app", "database", "shop", "application_name", "psql")
            .notice("authentication", "md5")
            .notice("authentication", "ok")
            .notice("server_version", "15.3")
            .request("query", "SELECT name FROM people")
            .response("command_tag", "SELECT", "rows", "1")
            .expect("query", "SELECT name FROM people"),
        Conversation.tcp("encryption refused")
            .client(SSL_REQUEST)
            .server("N")
            .client(STARTUP)
            .server(AUTHENTICATED)
            .notice("encryption", "refused")
            .request("user", "app")
            .notice("authentication", "ok")
            .notice("server_version", "15.3"),
        Conversation.tcp("encryption")
            .client(SSL_REQUEST)
            .server("S")
            .client("\u0016\3\1 and so on")
            .notice("encryption", "TLS"),
        Conversation.tcp("prepared statements")
            .client(STARTUP)
            .server(AUTHENTICATED)
            .client(
                join(
                    message('P', "s1\0INSERT INTO t VALUES ($1)\0\0\0"),
                    message('B', "\0s1\0\0\0\0\1\0\0\0\6secret\0\0"),
                    message('E', "\0\0\0\0\0"),
                    message('S', "")))
            .server(
                join(
                    message('1', ""),
                    message('2', ""),
                    message('C', "INSERT 0 1\0"),
                    message('Z', "T")))
            .request("user", "app")
            .notice()
            .notice()
            .request("query", "INSERT INTO t VALUES ($1)", "statement", "s1")
            .request("statement", "s1")
            .response("command_tag", "INSERT", "rows", "1"),
        Conversation.tcp("error and notice")
            .client(STARTUP)
            .server(
                message(
                    'E',
                    "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed for user \"app\"\0\0"))
            .server(message('N', "SNOTICE\0VNOTICE\0C00000\0Mhello\0\0"))
            .request("user", "app")
            .response(
                "severity",
                "FATAL",
                "code",
                "28P01",
                "error",
                "password authentication failed for user \"app\"")
            .notice("notice", "hello"),
        Conversation.tcp("rows in bulk are skipped")
            .client(STARTUP)
            .server(AUTHENTICATED)
            .client(message('Q', "COPY t FROM STDIN\0"))
            .server(message('G', "\0\0\1\0\0"))
            .client(join(message('d', "Q\0\0\0\20SELECT 1\n".repeat(300)), message('c', "")))
            .server(join(message('C', "COPY 300\0"), message('Z', "I")))
            .client(message('Q', "SELECT '" + "x".repeat(20_000) + "'\0"))
            .client(message('Q', "COMMIT\0"))
            .request("user", "app")
            .notice()
            .notice()
            .request("query", "COPY t FROM STDIN")
            .response("command_tag", "COPY", "rows", "300")
            .request()
            .request("query", "COMMIT"),
        Conversation.tcp("cancel")
            .client(untyped(80_877_102, "\0\0\0\1\0\0\0\2"))
            .request("command", "CANCEL"));
  }

  @Test
  void neverKeepsASecret() {
    Conversation setup =
        Conversation.tcp("setup")
            .client(STARTUP)
            .client(message('Q', "ALTER USER app PASSWORD 'sec''ret'; SELECT 1\0"))
            .client(message('Q', "CREATE ROLE x LOGIN password E'secret\0"));
    try (Driver driver = new Driver(new PostgresqlParser())) {
      assertThat(driver.read(setup).attributes().get("query"))
          .containsExactly(
              "ALTER USER app PASSWORD '***'; SELECT 1", "CREATE ROLE x LOGIN password E'***'");
      for (Conversation conversation : conversations()) {
        assertThat(driver.read(conversation).attributes().toString()).doesNotContain("secret");
      }
    }
  }

  @Test
  void recognisesAConnectionThatIsUnderWay() {
    byte[] query = message('Q', "select 1\0");
    byte[] ready = join(message('C', "SELECT 1\0"), message('Z', "I"));
    try (Driver driver = new Driver(new PostgresqlParser())) {
      for (Conversation late :
          List.of(
              Conversation.tcp("client first").client(query).server(ready),
              Conversation.tcp("server first").server(ready).client(query),
              Conversation.tcp("sides mistaken").server(query).client(ready))) {
        Reading reading = driver.read(late.midStream());
        assertThat(reading.application()).as(late.name()).isEqualTo(Applications.POSTGRESQL);
        assertThat(reading.attributes())
            .as(late.name())
            .containsEntry("query", List.of("select 1"))
            .containsEntry("command_tag", List.of("SELECT"));
      }
    }
  }

  @Test
  void goesOnAfterAGap() {
    try (Driver driver = new Driver(new PostgresqlParser())) {
      Driver.Live live = driver.open(Conversation.tcp("gap").flow());
      live.step(Step.data(Direction.TO_SERVER, STARTUP));
      live.step(Step.gap(Direction.TO_CLIENT, 400));
      live.step(Step.data(Direction.TO_CLIENT, "rest of a row".getBytes(StandardCharsets.UTF_8)));
      live.step(Step.data(Direction.TO_CLIENT, join(message('Z', "I"))));
      live.step(Step.data(Direction.TO_CLIENT, message('C', "BEGIN\0")));
      live.step(Step.gap(Direction.TO_SERVER, 400));
      live.step(Step.data(Direction.TO_SERVER, message('Q', "BEGIN\0")));
      assertThat(live.end().attributes())
          .containsEntry("command_tag", List.of("BEGIN"))
          .containsEntry("query", List.of("BEGIN"));
    }
  }

  private static byte[] message(char type, String body) {
    byte[] text = body.getBytes(StandardCharsets.ISO_8859_1);
    byte[] message = new byte[5 + text.length];
    ByteBuffer.wrap(message).put((byte) type).putInt(4 + text.length).put(text);
    return message;
  }

  private static byte[] untyped(int code, String body) {
    byte[] text = body.getBytes(StandardCharsets.ISO_8859_1);
    byte[] message = new byte[8 + text.length];
    ByteBuffer.wrap(message).putInt(8 + text.length).putInt(code).put(text);
    return message;
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
