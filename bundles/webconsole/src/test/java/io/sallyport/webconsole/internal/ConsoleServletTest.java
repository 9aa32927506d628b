/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConsoleServletTest {
  private static final Map<String, byte[]> FILES =
      Map.of(
          "index.html", bytes("<!doctype html>plain"),
          "index.html.br", bytes("brotli index"),
          "index.html.gz", bytes("gzip index"),
          "assets/index-1a2b.js", bytes("console.log()"),
          "assets/index-1a2b.js.gz", bytes("gzip script"),
          "assets/logo-77.svg", bytes("<svg/>"));

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  void startServer() throws Exception {
    server.addConnector(connector);
    var context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new ConsoleServlet(Assets.of(FILES))), "/*");
    server.setHandler(context);
    server.start();
  }

  @AfterAll
  void stopServer() throws Exception {
    client.close();
    server.stop();
  }

  @Test
  void rootIsTheIndexAndIsAskedForAgainEachTime() throws Exception {
    HttpResponse<String> answer = get("/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("<!doctype html>plain");
    assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(answer, "ETag")).matches("\"[0-9a-f]{24}\"");
  }

  @Test
  void hashedAssetsAreCachedForEver() throws Exception {
    HttpResponse<String> answer = get("/assets/index-1a2b.js");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(answer, "Content-Type")).startsWith("text/javascript");
  }

  @Test
  void theSmallestAcceptedFormIsSent() throws Exception {
    HttpResponse<String> brotli = get("/", "Accept-Encoding", "gzip, deflate, br");
    HttpResponse<String> gzip = get("/", "Accept-Encoding", "gzip, br;q=0");
    HttpResponse<String> onlyGzipIsThere =
        get("/assets/index-1a2b.js", "Accept-Encoding", "br, gzip");
    HttpResponse<String> onlyPlainIsThere =
        get("/assets/logo-77.svg", "Accept-Encoding", "br, gzip");

    assertThat(brotli.body()).isEqualTo("brotli index");
    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(header(brotli, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(brotli, "Content-Type")).startsWith("text/html");
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzip, "ETag")).isNotEqualTo(header(brotli, "ETag"));
    assertThat(onlyGzipIsThere.body()).isEqualTo("gzip script");
    assertThat(onlyPlainIsThere.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void anUnchangedFileIsNotSentTwice() throws Exception {
    String etag = header(get("/"), "ETag");

    assertThat(get("/", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(get("/", "If-None-Match", "\"other\", W/" + etag).statusCode()).isEqualTo(304);
    assertThat(get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void headGivesTheLengthWithoutTheBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", "/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "Content-Length")).isEqualTo("20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/nothing",
        "/assets/",
        "/assets",
        "/index.html.br",
        "/%2e%2e/secret",
        "/assets/..%2findex.html",
        "//",
        "/network"
      })
  void whatWasNotBuiltIsNotThere(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(400, 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/assets/index-1a2b.js", "/nothing"})
  void everyAnswerCarriesTheSecurityHeaders(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void nothingCanBeChanged(String method) throws Exception {
    HttpResponse<String> answer = send(method, "/");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void aBundleWithoutConsoleSaysSo() {
    assertThatThrownBy(() -> Assets.of(Map.of("assets/a.js", bytes("x"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("index.html is missing");
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + connector.getLocalPort() + path);
    var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
