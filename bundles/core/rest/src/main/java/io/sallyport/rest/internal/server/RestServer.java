/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.common.IpAddress;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whiteboard for REST: every service with the property {@code sallyport.rest=true} whose class
 * has a JAX-RS {@code @Path} below {@code /v1}, {@code /v2}, {@code /health} or {@code /metrics} is
 * served while it is registered. A token is needed for all of it, and the role of an administrator
 * for everything that is no GET.
 */
@Component(service = RestServer.class, immediate = true, configurationPid = "io.sallyport.rest")
public final class RestServer {
  private static final Logger LOG = LoggerFactory.getLogger(RestServer.class);
  private static final String[] PATTERNS = {"/v1/*", "/v2/*", "/health/*", "/metrics/*"};
  private static final long SETTLE_MILLIS = 100;
  private static final long FAREWELL_SECONDS = 30;

  /** etc/io.sallyport.rest.cfg. */
  @interface Settings {
    /** Whether /metrics needs no token when it is asked from this host. */
    boolean metrics_open() default false;
  }

  private final List<Object> resources = new CopyOnWriteArrayList<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("sallyport-rest").factory());
  private final JaxRs jaxRs;
  private final ServiceRegistration<Servlet> registration;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Authentication authentication;

  /** Offers the servlet to the HTTP whiteboard. */
  @Activate
  public RestServer(BundleContext context, Settings settings) {
    AuthFilter filter =
        new AuthFilter(() -> authentication, settings.metrics_open(), RestServer::fromLoopback);
    this.jaxRs = new JaxRs(filter, context.getBundle().getVersion().toString());
    Map<String, Object> properties =
        Map.of(
            "osgi.http.whiteboard.servlet.pattern",
            PATTERNS,
            "osgi.http.whiteboard.servlet.name",
            "sallyport-rest",
            "osgi.http.whiteboard.servlet.asyncSupported",
            true);
    this.registration =
        context.registerService(
            Servlet.class, new FrontServlet(jaxRs), FrameworkUtil.asDictionary(properties));
  }

  /** Takes a resource in. */
  @Reference(
      service = AnyService.class,
      target = "(sallyport.rest=true)",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindResource(Object resource, Map<String, Object> properties) {
    if (!resource.getClass().isAnnotationPresent(Path.class)) {
      LOG.error(
          "{} has sallyport.rest=true but no @Path on its class; it is not served",
          resource.getClass().getName());
      return;
    }
    resources.add(resource);
    schedule();
  }

  /** Takes a resource out. */
  void unbindResource(Object resource) {
    // By identity: what equals() means is the resource's own affair.
    if (resources.removeIf(each -> each == resource)) {
      schedule();
    }
  }

  /** Ends everything. */
  @Deactivate
  public void close() {
    registration.unregister();
    worker.shutdownNow();
    jaxRs.close();
  }

  /** Many come at once at the start: one change for all of them. */
  private void schedule() {
    if (!worker.isShutdown() && scheduled.compareAndSet(false, true)) {
      var unused = worker.schedule(this::replace, SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void replace() {
    scheduled.set(false);
    List<Object> now = new ArrayList<>(resources);
    if (now.isEmpty()) {
      // Our own have all gone, so the bundle is stopping.
      return;
    }
    try {
      Runnable farewell = jaxRs.replace(now);
      var unused = worker.schedule(farewell, FAREWELL_SECONDS, TimeUnit.SECONDS);
      LOG.info("REST serves {} resources", now.size());
    } catch (RuntimeException e) {
      LOG.error("REST goes on with what it had: a resource among {} is broken", now, e);
    }
  }

  private static boolean fromLoopback() {
    Object request = JAXRSUtils.getCurrentMessage().get(AbstractHTTPDestination.HTTP_REQUEST);
    return request instanceof HttpServletRequest http
        && IpAddress.parse(http.getRemoteAddr()).isLoopback();
  }
}
