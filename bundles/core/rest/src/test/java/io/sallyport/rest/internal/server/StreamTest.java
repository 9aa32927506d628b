/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.internal.fake.FakeModel;
import io.sallyport.rest.internal.nv.Json;
import io.sallyport.rest.internal.resource.Resources;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamTest {
  private RestFixture rest;

  StreamTest() throws Exception {
    rest = new RestFixture();
  }

  @BeforeEach
  void start() {
    rest.serving();
  }

  @AfterEach
  void stop() throws IOException {
    rest.close();
  }

  @Test
  void snapshotThenDeltasThenTheEndWithTheSession() throws Exception {
    String token = rest.token("admin");
    HttpResponse<InputStream> response = open("/v1/stream?expand=nv.web.shop", token);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");

    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      JsonNode snapshot = next(lines, "snapshot");
      assertThat(snapshot.get("revision").asLong()).isEqualTo(1);
      assertThat(snapshot.get("truncated").asBoolean()).isFalse();
      assertThat(snapshot.get("nodes")).hasSize(2);
      assertThat(snapshot.get("nodes").get(0).has("image")).isFalse();
      JsonNode edge = snapshot.get("edges").get(0);
      assertThat(edge.get("action").asText()).isEqualTo("allow");
      assertThat(edge.get("last_seen_at").asLong()).isEqualTo(1_700_000_000L);

      rest.model.followers.forEach(
          follower -> follower.accept(FakeModel.view(2, false, FakeModel.node("nv.cache.shop"))));
      JsonNode delta = next(lines, "delta");
      assertThat(delta.get("revision").asLong()).isEqualTo(2);
      assertThat(delta.get("nodes").get(0).get("id").asText()).isEqualTo("nv.cache.shop");
      assertThat(delta.get("removed_edges").get(0).asText()).isEqualTo("gone→gone");
      assertThat(delta.get("removed_nodes")).isEmpty();

      rest.users.logout(token);
      assertThat(rest(lines)).doesNotContain("event: delta");
    }
    // The stream has left the model: nothing is followed for nobody.
    while (!rest.model.followers.isEmpty()) {
      Thread.sleep(10);
    }
  }

  @Test
  void streamsAreBounded() throws Exception {
    String token = rest.token("admin");
    List<HttpResponse<InputStream>> open = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      open.add(open("/v1/stream", token));
    }
    assertThat(open).allMatch(response -> response.statusCode() == 200);
    HttpResponse<InputStream> tooMany = open("/v1/stream", token);
    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(Json.mapper().readTree(tooMany.body()).get("code").asInt()).isEqualTo(4);
    for (HttpResponse<InputStream> response : open) {
      response.body().close();
    }
  }

  @Test
  void streamGoesOnWhileResourcesAreReplaced() throws Exception {
    HttpResponse<InputStream> response = open("/v1/stream", rest.token("admin"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      next(lines, "snapshot");
      Runnable farewell = rest.jaxRs.replace(List.of(Resources.unready()));
      farewell.run();
      rest.model.followers.forEach(
          follower -> follower.accept(FakeModel.view(2, false, FakeModel.node("later"))));
      assertThat(next(lines, "delta").get("nodes").get(0).get("id").asText()).isEqualTo("later");
    }
  }

  @Test
  void streamNeedsToken() throws Exception {
    assertThat(open("/v1/stream", "none").statusCode()).isEqualTo(401);
  }

  private HttpResponse<InputStream> open(String path, String token) throws Exception {
    return rest.client.send(
        rest.request(path)
            .header("X-Auth-Token", token)
            .header("Accept", "text/event-stream")
            .header("Accept-Encoding", "gzip")
            .build(),
        BodyHandlers.ofInputStream());
  }

  /** The data of the next event, which must be of this name. */
  private static JsonNode next(BufferedReader lines, String event) throws IOException {
    String line = lines.readLine();
    while (line != null && line.isEmpty()) {
      line = lines.readLine();
    }
    assertThat(line).isEqualTo("event: " + event);
    String data = lines.readLine();
    assertThat(data).startsWith("data: ");
    return Json.mapper().readTree(data.substring("data: ".length()));
  }

  private static String rest(BufferedReader lines) throws IOException {
    StringBuilder rest = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.append(line).append('\n');
    }
    return rest.toString();
  }
}
