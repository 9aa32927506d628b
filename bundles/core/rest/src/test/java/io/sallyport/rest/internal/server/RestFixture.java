/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.internal.fake.FakeCaptures;
import io.sallyport.rest.internal.fake.FakeModel;
import io.sallyport.rest.internal.fake.FakeUsers;
import io.sallyport.rest.internal.nv.Json;
import io.sallyport.rest.internal.resource.Resources;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** All resources behind the server that the product runs on, over plain HTTP on loopback. */
final class RestFixture implements AutoCloseable {
  final FakeModel model = new FakeModel();
  final FakeUsers users = new FakeUsers();
  final JaxRs jaxRs;
  final HttpClient client = HttpClient.newHttpClient();
  private final Server server = new Server();
  private final ServerConnector connector;

  RestFixture() throws Exception {
    jaxRs = new JaxRs(new AuthFilter(() -> users, false, () -> true), "0.1.0");
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.LEGACY);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    ServletHolder holder = new ServletHolder(new FrontServlet(jaxRs));
    holder.setAsyncSupported(true);
    for (String pattern : new String[] {"/v1/*", "/v2/*", "/health/*", "/metrics/*"}) {
      context.addServlet(holder, pattern);
    }
    server.setHandler(context);
    server.start();
  }

  /** Serves all resources. */
  RestFixture serving() {
    jaxRs.replace(Resources.all(model, users, new FakeCaptures()));
    return this;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(authorized(path));
  }

  HttpRequest.Builder authorized(String path) {
    return request(path).header("X-Auth-Token", token("admin"));
  }

  String token(String user) {
    return users.login(user, "secret".toCharArray(), null, "").token();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return Json.mapper().readTree(response.body());
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    jaxRs.close();
  }
}
