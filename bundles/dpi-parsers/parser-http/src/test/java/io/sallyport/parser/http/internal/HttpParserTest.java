/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.dpi.Application;
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

final class HttpParserTest extends ProtocolParserContract {
  private static final String GET = "GET /one HTTP/1.1\r\nHost: a.example\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Override
  protected ProtocolParser parser() {
    return new HttpParser();
  }

  @Override
  protected List<Conversation> conversations() {
    return List.of(
        Conversation.tcp("one request")
            .client(
                "GET /shop?id=1 HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: curl/8.5.0\r\n"
                    + "X-Forwarded-For: 192.0.2.7, 192.0.2.8\r\nAuthorization: Basic c2VjcmV0\r\n"
                    + "Cookie: session=secret\r\n\r\n")
            .server(
                "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\n"
                    + "Content-Length: 5\r\n\r\nhello")
            .request(
                "method",
                "GET",
                "path",
                "/shop?id=1",
                "version",
                "1.1",
                "host",
                "shop.example",
                "user_agent",
                "curl/8.5.0",
                "client_ip",
                "192.0.2.7, 192.0.2.8")
            .response(
                "status",
                "200",
                "server",
                "nginx/1.22.1",
                "content_type",
                "text/html",
                "content_length",
                "5")
            .expect("host", "shop.example"),
        Conversation.tcp("pipelined, other host")
            .client(GET + GET.replace("one", "two").replace("a.", "b."))
            .server(OK + OK.replace("200 OK", "404 Not Found"))
            .request("path", "/one", "host", "a.example")
            .request("path", "/two", "host", "b.example")
            .response("status", "200")
            .response("status", "404"),
        Conversation.tcp("bodies that look like messages")
            .client(
                "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n")
            .server("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n")
            .server("11;x=y\r\nHTTP/1.1 500 No\r\n\r\n0\r\nTrailer: z\r\n\r\n")
            .client(GET)
            .server(OK)
            .request("method", "POST")
            .response("status", "201")
            .request("method", "GET")
            .response("status", "200")
            .expect("status", "201", "200"),
        Conversation.tcp("no body after HEAD, 204, 304")
            .client("HEAD /h HTTP/1.1\r\n\r\n" + GET + GET)
            .server("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
            .server("HTTP/1.1 204 No Content\r\n\r\n")
            .server("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n")
            .request("method", "HEAD")
            .request()
            .request()
            .response("status", "200")
            .response("status", "204")
            .response("status", "304"),
        Conversation.tcp("asked to continue")
            .client("PUT /big HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            .server("HTTP/1.1 100 Continue\r\n\r\n")
            .client("data")
            .server(OK)
            .client(GET)
            .server(OK)
            .request("method", "PUT")
            .response("status", "100")
            .response("status", "200")
            .request("method", "GET")
            .response("status", "200"),
        Conversation.tcp("refused to continue")
            .client("PUT /big HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
            .server("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n")
            .client("DELETE /big HTTP/1.1\r\n\r\n")
            .request("method", "PUT")
            .response("status", "417")
            .request("method", "DELETE"),
        Conversation.tcp("HTTP/1.0, until the connection ends")
            .client("GET / HTTP/1.0\r\n\r\n")
            .server("HTTP/1.0 200 OK\r\n\r\nwhatever\r\nfollows\r\n")
            .request("version", "1.0")
            .response("version", "1.0"),
        Conversation.tcp("WebDAV")
            .client("PROPFIND /files/ HTTP/1.1\r\nDepth: 1\r\nContent-Length: 3\r\n\r\n<a>")
            .server("HTTP/1.1 207 Multi-Status\r\nContent-Length: 0\r\n\r\n")
            .request("method", "PROPFIND")
            .response("status", "207"),
        Conversation.tcp("upgrade to something else")
            .client("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
            .server("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
            .serverHex("8105 48656c6c6f")
            .request("upgrade", "websocket")
            .response("status", "101"),
        Conversation.tcp("upgrade that the server ignores")
            .client("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n")
            .server(OK)
            .client(GET)
            .request("upgrade", "h2c")
            .response("status", "200")
            .request("path", "/one"),
        Conversation.tcp("headers that do not end")
            .client("GET /cut HTTP/1.1\r\nHost: cut.example\r\nsw8: 1-YWJj-ZGVm-3\r\nAccept: ")
            .request("path", "/cut", "host", "cut.example", "trace_id", "abc"),
        Conversation.tcp("a request line that only a server can take for one")
            .client("GET /HTTP/1.1\r\nHost: a.example\r\n\r\n")
            .server("HTTP/1.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            .request("method", "GET", "host", "a.example")
            .response("status", "400"),
        Conversation.tcp("proxy with credentials")
            .client("GET http://alice:secret@example.org/x HTTP/1.1\r\n\r\n")
            .request("path", "http://example.org/x"));
  }

  @Test
  void readsWhatIsInsideATunnel() {
    Conversation tunnel =
        Conversation.tcp("tunnel")
            .client("CONNECT inner.example:80 HTTP/1.1\r\nHost: inner.example:80\r\n\r\n")
            .server("HTTP/1.1 200 Connection established\r\n\r\n")
            .client("GET /inside HTTP/1.1\r\nHost: inner.example\r\n\r\n")
            .server(OK);
    try (Driver driver = new Driver(new HttpParser())) {
      Reading reading = driver.read(tunnel);
      assertThat(reading.attributes().get("path")).containsExactly("inner.example:80", "/inside");
    }
  }

  @Test
  void goesOnAfterAnyGap() {
    Step lost = Step.gap(Direction.TO_CLIENT, 1_000);
    Conversation start = Conversation.tcp("gap").client(GET).server(OK.replace(": 2", ": 3000"));
    try (Driver driver = new Driver(new HttpParser())) {
      Driver.Live live = driver.open(start.flow());
      start.steps().forEach(live::step);
      live.step(lost);
      live.step(Step.data(Direction.TO_CLIENT, new byte[1_998]));
      live.step(Step.data(Direction.TO_SERVER, bytes(GET)));
      live.step(Step.data(Direction.TO_CLIENT, bytes(OK.replace("200", "503"))));
      live.step(lost);
      live.step(Step.data(Direction.TO_CLIENT, bytes(OK.replace("200", "418"))));
      assertThat(live.end().attributes().get("status")).containsExactly("200", "503", "418");
    }
  }

  @Test
  void recognisesAResponseFirstWhenItComesLate() {
    try (Driver driver = new Driver(new HttpParser())) {
      Conversation late = Conversation.tcp("late").client(OK).server(GET).midStream();
      Reading reading = driver.read(late);
      assertThat(reading.application()).isEqualTo(Applications.HTTP);
      assertThat(reading.attributes()).containsEntry("path", List.of("/one"));
    }
  }

  @Test
  void neverSettlesWhileTheConnectionIsKept() {
    try (Driver driver = new Driver(new HttpParser())) {
      Reading reading = driver.read(Conversation.tcp("kept").client(GET).server(OK));
      assertThat(reading.settled()).isFalse();
      assertThat(reading.wantsData()).isTrue();
    }
  }

  @Test
  void leavesOtherVersionsAlone() {
    try (Driver driver = new Driver(new HttpParser())) {
      assertThat(driver.read(Conversation.tcp("2").client("GET / HTTP/2.0\r\n\r\n")).application())
          .isEqualTo(Application.UNKNOWN);
      assertThat(driver.read(Conversation.tcp("0.9").client("GET /\r\n")).application())
          .isEqualTo(Application.UNKNOWN);
    }
  }

  @Test
  void survivesAHeaderLineWithoutEnd() {
    try (Driver driver = new Driver(new HttpParser())) {
      Driver.Live live = driver.open(Conversation.tcp("long").flow());
      live.step(Step.data(Direction.TO_SERVER, bytes("GET / HTTP/1.1\r\nX: ")));
      for (int i = 0; i < 100; i++) {
        live.step(Step.data(Direction.TO_SERVER, bytes("y".repeat(5_000))));
      }
      live.step(Step.data(Direction.TO_SERVER, bytes("\r\nHost: end.example\r\n\r\n")));
      assertThat(live.end().attributes().get("host")).containsExactly("end.example");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
