/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.internal.resource.Resources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestServerTest {
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture().serving();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void loginGivesTokenThatOpensEverythingUntilLogout() throws Exception {
    HttpResponse<String> login =
        rest.send(
            rest.request("/v1/auth")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"password":{"username":"admin","password":"secret"},
                         "client_ip":"1.2.3.4","isRancherSSOUrl":false}""")));
    assertThat(login.statusCode()).isEqualTo(200);
    JsonNode token = RestFixture.json(login).get("token");
    assertThat(token.get("fullname").asText()).isEqualTo("admin");
    assertThat(token.get("timeout").asInt()).isEqualTo(300);
    assertThat(token.get("global_permissions").get(0).has("write")).isTrue();

    String secret = token.get("token").asText();
    assertThat(call("PATCH", "/v1/auth", secret)).isEqualTo(200);
    assertThat(call("GET", "/v1/workload", secret)).isEqualTo(200);
    assertThat(call("DELETE", "/v1/auth", secret)).isEqualTo(200);
    assertThat(call("GET", "/v1/workload", secret)).isEqualTo(401);
  }

  @Test
  void loginsThatFailSayWhyInNeuVectorsCodes() throws Exception {
    error(login("{\"username\":\"admin\",\"password\":\"wrong\"}"), 401, 3);
    error(login("{\"username\":\"admin\",\"password\":\"\"}"), 401, 3);
    error(login("{\"username\":\"blocked\",\"password\":\"secret\"}"), 403, 47);
    error(
        login("{\"username\":\"admin\",\"password\":\"secret\",\"new_password\":\"x\"}"), 400, 14);
    error(login("null"), 400, 6);
  }

  private static HttpResponse<String> login(String password) throws Exception {
    return rest.send(
        rest.request("/v1/auth").POST(BodyPublishers.ofString("{\"password\":" + password + "}")));
  }

  @Test
  void missingOrUnknownTokenIs401() throws Exception {
    error(rest.send(rest.request("/v1/workload")), 401, 3);
    error(rest.send(rest.request("/v1/workload").header("X-Auth-Token", "none")), 401, 3);
    error(rest.send(rest.request("/metrics")), 401, 3);
  }

  @Test
  void whoMayReadOnlyIsRefusedChanges() throws Exception {
    HttpResponse<String> response =
        rest.send(
            rest.request("/v1/sniffer?f_workload=aaaaaaaaaaaa")
                .header("X-Auth-Token", rest.token("reader"))
                .POST(BodyPublishers.ofString("{}")));
    error(response, 403, 25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/nothing", "/v1", "/v2/nothing", "/v1/auth/x/y", "/health/nothing"})
  void unknownPathIs404Code1EvenWithoutToken(String path) throws Exception {
    error(rest.send(rest.request(path)), 404, 1);
  }

  @Test
  void unknownMethodIs405Code2() throws Exception {
    HttpResponse<String> response = rest.send(rest.request("/v1/auth"));
    error(response, 405, 2);
    assertThat(RestFixture.json(response).get("error").asText()).isEqualTo("Method not allowed");
    assertThat(response.headers().firstValue("Allow")).isPresent();
    error(rest.send(rest.request("/v1/group").method("BREW", BodyPublishers.noBody())), 405, 2);
  }

  @Test
  void malformedBodyIs400Code6AndSaysWhere() throws Exception {
    HttpResponse<String> response =
        rest.send(
            rest.request("/v1/auth").POST(BodyPublishers.ofString("{\n  \"password\": nonsense")));
    error(response, 400, 6);
    assertThat(RestFixture.json(response).get("message").asText())
        .contains("line 2")
        .contains("nonsense");

    HttpResponse<String> wrongType =
        rest.send(rest.request("/v1/auth").POST(BodyPublishers.ofString("{\"password\":[1]}")));
    error(wrongType, 400, 6);
    assertThat(RestFixture.json(wrongType).get("message").asText())
        .contains("password: ")
        .doesNotContain("io.sallyport");
    error(rest.send(rest.request("/v1/auth").POST(BodyPublishers.noBody())), 400, 6);
  }

  @Test
  void hugeBodyIsRefusedWhetherItsLengthIsSaidOrNot() throws Exception {
    byte[] huge = new byte[2 << 20];
    error(rest.send(rest.request("/v1/auth").POST(BodyPublishers.ofByteArray(huge))), 413, 6);
    error(
        rest.send(
            rest.request("/v1/auth")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))),
        413,
        6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/workload", "/v1/workload/", "/v1//workload", "/v1///workload//"})
  void slashesTooManyAreServedDirectly(String path) throws Exception {
    HttpResponse<String> response = rest.get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(RestFixture.json(response).get("workloads")).hasSize(3);
  }

  @Test
  void longAnswersAreCompressedForWhoAcceptsIt() throws Exception {
    HttpResponse<byte[]> response =
        rest.client.send(
            rest.authorized("/v1/workload").header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .startsWith("{\"workloads\":[{");
    }
    assertThat(
            rest.send(rest.request("/v1/eula").header("Accept-Encoding", "gzip"))
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
    assertThat(rest.get("/v1/workload").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void headAndOptionsAreSensible() throws Exception {
    HttpResponse<String> head =
        rest.send(rest.authorized("/v1/group").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();

    HttpResponse<String> options =
        rest.send(rest.authorized("/v1/auth").method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void everyAnswerHasSecurityHeaders() throws Exception {
    HttpResponse<String> response = rest.send(rest.request("/v1/nothing"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
  }

  @Test
  void healthNeedsNoTokenAndIs503UntilReady() throws Exception {
    HttpResponse<String> response = rest.send(rest.request("/health"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo("{\"status\":\"UP\",\"ready\":true,\"live\":true,\"problems\":[]}");

    try (RestFixture empty = new RestFixture()) {
      assertThat(empty.send(empty.request("/health")).statusCode()).isEqualTo(503);
      empty.jaxRs.replace(List.of(Resources.unready()));
      HttpResponse<String> unready = empty.send(empty.request("/health/ready"));
      assertThat(unready.statusCode()).isEqualTo(503);
      assertThat(RestFixture.json(unready).get("problems")).hasSize(2);
      assertThat(empty.send(empty.request("/health/live")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void openApiDescribesTheCallsAndNeedsNoToken() throws Exception {
    HttpResponse<String> response = rest.send(rest.request("/v1/openapi.json"));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode paths = RestFixture.json(response).get("paths");
    assertThat(paths.has("/v1/auth")).isTrue();
    assertThat(paths.has("/v1/stream")).isTrue();
    assertThat(paths.has("/v2/workload/{id}")).isTrue();
    assertThat(response.body()).contains("\"last_login_at\"").doesNotContain("lastLoginAt");
  }

  @Test
  void anotherSetOfResourcesTakesOverWithoutAGap() throws Exception {
    try (RestFixture changing = new RestFixture().serving()) {
      assertThat(changing.get("/v1/workload").statusCode()).isEqualTo(200);
      Runnable farewell = changing.jaxRs.replace(List.of(Resources.unready()));
      error(changing.get("/v1/workload"), 404, 1);
      farewell.run();
      assertThat(changing.send(changing.request("/health/live")).statusCode()).isEqualTo(200);
    }
  }

  private static int call(String method, String path, String token) throws Exception {
    return rest.send(
            rest.request(path)
                .header("X-Auth-Token", token)
                .method(method, BodyPublishers.noBody()))
        .statusCode();
  }

  private static void error(HttpResponse<String> response, int status, int code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode body = RestFixture.json(response);
    assertThat(body.get("code").asInt()).isEqualTo(code);
    assertThat(body.get("error").asText()).isNotEmpty();
    assertThat(body.get("message").asText()).isNotEmpty().doesNotContain("Exception");
  }
}
