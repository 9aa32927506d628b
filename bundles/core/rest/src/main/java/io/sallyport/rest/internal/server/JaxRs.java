/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import io.sallyport.rest.internal.error.Failures;
import io.sallyport.rest.internal.nv.Json;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.openapi.OpenApiFeature;
import org.apache.cxf.jaxrs.sse.SseFeature;
import org.apache.cxf.transport.common.gzip.GZIPOutInterceptor;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.jspecify.annotations.Nullable;

/**
 * CXF with one set of resources at a time. Another set is made ready beside the one that serves,
 * then takes its place: no request meets a gap. {@link #replace} is for one thread at a time, the
 * rest for any.
 */
final class JaxRs {
  private static final int GZIP_FROM = 1_200;

  private final Bus bus;
  private final Servlet servlet = new Servlet();
  private final ContainerRequestFilter filter;
  private final String version;
  private int generations;
  private volatile @Nullable Generation serving;

  JaxRs(ContainerRequestFilter filter, String version) {
    this.filter = filter;
    this.version = version;
    this.bus =
        inCxf(
            () -> new ExtensionManagerBus(null, null, CXFNonSpringServlet.class.getClassLoader()));
    servlet.setBus(bus);
  }

  void init(ServletConfig config) throws ServletException {
    servlet.init(config);
  }

  /** Serves these resources; answers how to end the ones before, when their requests are done. */
  Runnable replace(List<Object> resources) {
    String address = "/" + ++generations;
    Server server = inCxf(() -> server(address, resources));
    Generation before = serving;
    serving = new Generation(address, server);
    return before == null ? () -> {} : before.server()::destroy;
  }

  /** Answers a request; false when there are no resources yet. */
  boolean service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Generation current = serving;
    if (current == null) {
      return false;
    }
    servlet.serve(new CleanRequest(request, current.address()), response);
    return true;
  }

  void close() {
    bus.shutdown(true);
  }

  private Server server(String address, List<Object> resources) {
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(bus);
    factory.setAddress(address);
    factory.setServiceBeans(resources);
    List<Object> providers = new ArrayList<>(Failures.mappers());
    providers.add(new JacksonJsonProvider(Json.mapper()));
    providers.add(filter);
    factory.setProviders(providers);
    GZIPOutInterceptor gzip = new GZIPOutInterceptor(GZIP_FROM);
    factory.getOutInterceptors().add(gzip);
    factory.getFeatures().add(new SseFeature());
    factory.getFeatures().add(openApi());
    return factory.create();
  }

  private OpenApiFeature openApi() {
    OpenApiFeature feature = new OpenApiFeature();
    feature.setScan(false);
    feature.setSupportSwaggerUi(false);
    feature.setTitle("Sallyport");
    feature.setVersion(version);
    feature.setDescription("REST in NeuVector's shapes, and Sallyport's own additions");
    return feature;
  }

  /** CXF finds its parts by the thread's class loader. */
  private static <T> T inCxf(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(CXFNonSpringServlet.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private record Generation(String address, Server server) {}

  /** CXF's servlet, with the one method public that takes a request. */
  private static final class Servlet extends CXFNonSpringServlet {
    private static final long serialVersionUID = 1L;

    private void serve(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      // Not service(), which sends methods that HttpServlet knows to methods CXF has not.
      invoke(request, response);
    }
  }
}
