/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import io.sallyport.rest.internal.error.Failure;
import io.sallyport.rest.internal.error.NvError;
import io.sallyport.rest.internal.nv.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** In front of JAX-RS: clean paths, security headers, and an answer where JAX-RS has none. */
final class FrontServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private final transient JaxRs jaxRs;

  FrontServlet(JaxRs jaxRs) {
    this.jaxRs = jaxRs;
  }

  @Override
  public void init() throws ServletException {
    jaxRs.init(getServletConfig());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HEADERS.forEach(response::setHeader);
    if (!METHODS.contains(request.getMethod())) {
      answer(response, Failure.of(NvError.METHOD_NOT_ALLOWED, ""));
    } else if (request.getContentLengthLong() > CleanRequest.MAX_BODY) {
      answer(response, new Failure(413, NvError.INVALID_REQUEST.body("The body is over 1 MiB.")));
    } else {
      try {
        if (!jaxRs.service(request, response)) {
          answer(
              response, new Failure(503, NvError.SERVER.body("Starting. Try again in a second.")));
        }
      } catch (ServletException | RuntimeException e) {
        if (response.isCommitted()) {
          throw new IOException("the answer was cut off", e);
        }
        answer(response, Failure.of(e));
      }
    }
  }

  private static void answer(HttpServletResponse response, Failure failure) throws IOException {
    response.resetBuffer();
    response.setStatus(failure.status());
    response.setContentType("application/json");
    byte[] body = Json.line(failure.body()).getBytes(StandardCharsets.UTF_8);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
