/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.boot;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.Test;

/** What is true of nodes that serve REST. */
public abstract class BootedController extends BootedNode {
  private static final int ATTEMPTS = 100;
  private static final int PAUSE_MILLIS = 100;

  @Test
  public void healthIsServedByTls13() throws Exception {
    HttpResponse<String> response = health("TLSv1.3");
    assertEquals(response.body(), 200, response.statusCode());
    assertEquals("TLSv1.3", response.sslSession().orElseThrow().getProtocol());
  }

  @Test
  public void olderTlsIsRefused() throws Exception {
    health("TLSv1.3");
    assertThrows(SSLException.class, () -> send("TLSv1.2"));
  }

  /** Jetty opens its port on a thread of its own, some time after the features are started. */
  private static HttpResponse<String> health(String protocol) throws Exception {
    IOException last = new IOException("not tried");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> response = send(protocol);
        if (response.statusCode() == 200) {
          return response;
        }
        last = new IOException("status " + response.statusCode() + ": " + response.body());
      } catch (IOException e) {
        last = e;
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw last;
  }

  private static HttpResponse<String> send(String protocol) throws Exception {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(new String[] {protocol});
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trustingAnyone()).sslParameters(parameters).build()) {
      URI uri = URI.create("https://127.0.0.1:" + port() + "/health");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static String port() throws IOException {
    Properties properties = new Properties();
    try (var in =
        Files.newInputStream(Path.of(System.getProperty("karaf.etc"), "io.sallyport.rest.cfg"))) {
      properties.load(in);
    }
    return properties.getProperty("port");
  }

  private static SSLContext trustingAnyone() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAnyone()}, null);
    return context;
  }

  /** The node's certificate is its own. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
