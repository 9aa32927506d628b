/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.dpi.testkit.Conversation;
import io.sallyport.dpi.testkit.Driver;
import io.sallyport.dpi.testkit.ProtocolParserContract;
import io.sallyport.dpi.testkit.Reading;
import io.sallyport.dpi.testkit.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedisParserTest extends ProtocolParserContract {
  @Override
  protected ProtocolParser parser() {
    return new RedisParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("pipeline")
            .client(
                array("SET", "color", "very secret") + array("GET", "color") + array("INCR", "n"))
            .server("+OK\r\n$11\r\nvery secret\r\n:7\r\n")
            .request("command", "SET", "key", "color")
            .request("command", "GET", "key", "color")
            .request("command", "INCR", "key", "n")
            .response("status", "OK")
            .response("reply", "bulk")
            .response("reply", "integer"),
        Conversation.tcp("words of harmless commands")
            .client(array("LRANGE", "mylist", "0", "299"))
            .server("*2\r\n$1\r\na\r\n*2\r\n:1\r\n$-1\r\n")
            .request("command", "LRANGE", "key", "mylist", "arguments", "0 299")
            .response("reply", "array"),
        Conversation.tcp("errors")
            .client(array("get", "abcd") + array("foo", "secret"))
            .server("-NOAUTH Authentication required.\r\n")
            .server("-ERR unknown command 'foo', with args beginning with: 'secret'\r\n")
            .request("command", "GET")
            .request("command", "FOO")
            .response("error", "NOAUTH Authentication required.")
            .response("error", "ERR unknown command 'foo'"),
        Conversation.tcp("a long value is skipped")
            .client(array("SET", "page", "*1\r\n$4\r\nPING\r\n".repeat(400)) + array("PING"))
            .server("+OK\r\n+PONG\r\n")
            .request("command", "SET", "key", "page")
            .request("command", "PING")
            .response()
            .response("status", "PONG"),
        Conversation.tcp("RESP3")
            .client(
                array("HELLO", "3", "AUTH", "app", "secret") + array("CONFIG", "GET", "maxmemory"))
            .server("%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n+proto\r\n:3\r\n")
            .server("|1\r\n+ttl\r\n:3600\r\n%1\r\n$9\r\nmaxmemory\r\n$1\r\n0\r\n")
            .server(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n")
            .server("#t\r\n_\r\n,3.14\r\n(12345678901234567890\r\n~1\r\n+x\r\n!5\r\nERR x\r\n")
            .request("command", "HELLO")
            .request("command", "CONFIG GET", "key", "maxmemory")
            .response("reply", "map")
            .response()
            .notice("event", "message", "channel", "news")
            .response("reply", "boolean")
            .response("reply", "null")
            .response("reply", "double")
            .response("reply", "big number")
            .response("reply", "set")
            .response("error", "ERR x"),
        Conversation.tcp("lines of text")
            .client("AUTH secret\r\nPING\r\nSELECT 3\r\nGET a\r\n")
            .server("+OK\r\n+PONG\r\n+OK\r\n$1\r\n5\r\n")
            .request("command", "AUTH")
            .request("command", "PING")
            .request("command", "SELECT", "database", "3")
            .request("command", "GET", "key", "a")
            .response("status", "OK")
            .response("status", "PONG")
            .response("status", "OK")
            .response("reply", "bulk"),
        Conversation.tcp("publish and subscribe")
            .client(array("SUBSCRIBE", "news"))
            .server("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n")
            .server("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n")
            .request("command", "SUBSCRIBE", "channel", "news")
            .notice("event", "subscribe", "channel", "news")
            .notice("event", "message", "channel", "news"),
        Conversation.tcp("replication")
            .client(array("PSYNC", "?", "-1"))
            .server("+FULLRESYNC 8de1787ba490483314a4d30f1c628bc5025eb761 0\r\n$9\r\nREDIS0011")
            .server(array("SET", "a", "b"))
            .request("command", "PSYNC")
            .response("status", "FULLRESYNC")
            .response("reply", "bulk")
            .response("reply", "array"));
  }

  @Test
  void neverKeepsASecret() {
    try (Driver driver = new Driver(new RedisParser())) {
      for (Conversation conversation : conversations()) {
        assertThat(driver.read(conversation).attributes().toString()).doesNotContain("secret");
      }
      Conversation setup =
          Conversation.tcp("setup")
              .client(array("AUTH", "secret") + array("AUTH", "app", "secret"))
              .client(array("CONFIG", "SET", "requirepass", "secret"))
              .client(array("ACL", "SETUSER", "app", ">secret"))
              .client(array("ECHO", "secret") + array("HSET", "h", "secret", "secret"));
      assertThat(driver.read(setup).attributes().toString())
          .doesNotContain("secret")
          .contains("app");
    }
  }

  @Test
  void goesOnAfterAGap() {
    Conversation start = Conversation.tcp("gap").client(array("GET", "a"));
    try (Driver driver = new Driver(new RedisParser())) {
      Driver.Live live = driver.open(start.flow());
      start.steps().forEach(live::step);
      live.step(Step.gap(Direction.TO_CLIENT, 500));
      live.step(Step.data(Direction.TO_CLIENT, bytes("rest of a value\r\n")));
      live.step(Step.data(Direction.TO_CLIENT, bytes("-WRONGTYPE Operation\r\n")));
      live.step(Step.gap(Direction.TO_SERVER, 500));
      live.step(Step.data(Direction.TO_SERVER, bytes(array("TTL", "b"))));
      Reading reading = live.end();
      assertThat(reading.attributes().get("error")).containsExactly("WRONGTYPE Operation");
      assertThat(reading.attributes().get("key")).containsExactly("a", "b");
    }
  }

  @Test
  void seesWhoIsTheClientWhenItComesLate() {
    Conversation late =
        Conversation.tcp("late").server(array("GET", "a")).client("$1\r\n5\r\n").midStream();
    try (Driver driver = new Driver(new RedisParser())) {
      Reading reading = driver.read(late);
      assertThat(reading.application()).isEqualTo(Applications.REDIS);
      assertThat(reading.attributes()).containsEntry("command", List.of("GET"));
    }
  }

  private static String array(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
