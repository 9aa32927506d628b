/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A caller of a node's REST API. Takes any certificate, as the node's is its own. For any thread,
 * after the login.
 */
public final class RestClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final HttpClient http;
  private volatile String token = "";

  /** For the node at this address, such as {@code https://127.0.0.1:10443}. */
  public RestClient(URI base) {
    this.base = base;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      http = HttpClient.newBuilder().sslContext(context).connectTimeout(LIMIT).build();
    } catch (GeneralSecurityException e) {
      throw new HarnessException("this JDK has no TLS", e);
    }
  }

  /** Where the node is. */
  public URI base() {
    return base;
  }

  /** Takes a token, that later calls carry. */
  public RestClient login(String user, String password) {
    Map<String, Object> account = Map.of("username", user, "password", password);
    token = post("/v1/auth", Map.of("password", account)).at("/token/token").asText();
    return this;
  }

  /** The token of the login; empty before. */
  public String token() {
    return token;
  }

  /**
   * GET.
   *
   * @throws HarnessException when the answer is no success, with status and body
   */
  public JsonNode get(String path) {
    return json("GET", path, BodyPublishers.noBody());
  }

  /** POST of a value, as JSON; like {@link #get}. */
  public JsonNode post(String path, Object body) {
    return json("POST", path, publisher(body));
  }

  /** PATCH of a value, as JSON; like {@link #get}. */
  public JsonNode patch(String path, Object body) {
    return json("PATCH", path, publisher(body));
  }

  /** DELETE; like {@link #get}. */
  public JsonNode delete(String path) {
    return json("DELETE", path, BodyPublishers.noBody());
  }

  /** GET of something that is not JSON, such as a capture. */
  public byte[] download(String path) {
    return succeed("GET", path, BodyPublishers.noBody());
  }

  /** Any request; the answer as it is, whatever its status. */
  public HttpResponse<byte[]> send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new HarnessException(method + " " + path + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HarnessException(method + " " + path + " was interrupted", e);
    }
  }

  private JsonNode json(String method, String path, BodyPublisher body) {
    byte[] answer = succeed(method, path, body);
    try {
      return answer.length == 0 ? JSON.nullNode() : JSON.readTree(answer);
    } catch (IOException e) {
      throw new HarnessException(method + " " + path + " answered no JSON: " + text(answer), e);
    }
  }

  private byte[] succeed(String method, String path, BodyPublisher body) {
    HttpResponse<byte[]> response = send(method, path, body);
    if (response.statusCode() >= 300) {
      throw new HarnessException(
          method
              + " "
              + path
              + " answered "
              + response.statusCode()
              + ": "
              + text(response.body()));
    }
    return response.body();
  }

  private static BodyPublisher publisher(Object body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new HarnessException("cannot be written as JSON: " + body, e);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** An extended manager, because the client would check host names around a plain one. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
