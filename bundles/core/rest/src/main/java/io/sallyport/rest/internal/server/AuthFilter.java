/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import io.sallyport.api.auth.Authentication;
import io.sallyport.api.auth.UserSession;
import io.sallyport.rest.internal.error.Failure;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.resource.Caller;
import io.sallyport.rest.internal.resource.NoToken;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.cxf.jaxrs.model.OperationResourceInfo;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who has a token, and lets change things who may. Runs after the resource was found, so
 * that unknown paths and methods are said to be so to everyone, as NeuVector does.
 */
final class AuthFilter implements ContainerRequestFilter {
  private static final String TOKEN = "X-Auth-Token";
  private static final Set<String> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<String> ANYONE = Set.of("v1/auth", "v1/eula");

  private final Supplier<@Nullable Authentication> authentication;
  private final boolean metricsOpen;
  private final BooleanSupplier fromLoopback;

  AuthFilter(
      Supplier<@Nullable Authentication> authentication,
      boolean metricsOpen,
      BooleanSupplier fromLoopback) {
    this.authentication = authentication;
    this.metricsOpen = metricsOpen;
    this.fromLoopback = fromLoopback;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    path = path.startsWith("/") ? path.substring(1) : path;
    if (open() || path.equals("openapi.json")) {
      return;
    }
    if (metricsOpen && path.equals("metrics") && fromLoopback.getAsBoolean()) {
      return;
    }
    Authentication users = authentication.get();
    if (users == null) {
      refuse(
          request,
          new Failure(503, NvError.SERVER.body("Users cannot be read yet. Try again soon.")));
      return;
    }
    String token = request.getHeaderString(TOKEN);
    UserSession session = token == null || token.isEmpty() ? null : users.session(token);
    if (session == null) {
      String reason =
          token == null
              ? "Log in with POST /v1/auth and send the token as " + TOKEN + "."
              : "The session has ended. Log in again.";
      refuse(request, Failure.of(NvError.UNAUTHORIZED, reason));
    } else if (!READING.contains(request.getMethod())
        && !session.mayWrite()
        && !ANYONE.contains(path)) {
      refuse(request, Failure.of(NvError.OBJECT_ACCESS_DENIED, session.user() + " may read only."));
    } else {
      request.setSecurityContext(new Caller(session));
    }
  }

  private static boolean open() {
    OperationResourceInfo operation =
        JAXRSUtils.getCurrentMessage().getExchange().get(OperationResourceInfo.class);
    if (operation == null) {
      return false;
    }
    AnnotatedElement method = operation.getAnnotatedMethod();
    return method.isAnnotationPresent(NoToken.class)
        || operation.getClassResourceInfo().getResourceClass().isAnnotationPresent(NoToken.class);
  }

  private static void refuse(ContainerRequestContext request, Failure failure) {
    request.abortWith(
        Response.status(failure.status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(failure.body())
            .build());
  }
}
