/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the web console at the root. The console keeps its places in the location's hash, so each
 * path is a file or nothing. It takes what no other servlet wants: longer patterns ({@code /v1/*},
 * {@code /metrics}) win, and among equal ones its ranking loses.
 */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.name=sallyport-webconsole",
      "osgi.http.whiteboard.servlet.pattern=/*",
      "osgi.http.whiteboard.servlet.asyncSupported:Boolean=true",
      "service.ranking:Integer=-2147483648"
    })
public final class ConsoleServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final String WEBUI = "webui";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  /** No inline script or style, nothing from elsewhere, in nobody's frame. */
  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                  + " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none';"
                  + " form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=()");

  private final transient Assets assets;

  /**
   * @throws IllegalStateException when the bundle was packed without the console
   */
  @Activate
  public ConsoleServlet(BundleContext context) {
    this(Assets.of(BundleFiles.under(context.getBundle(), WEBUI)));
  }

  ConsoleServlet(Assets assets) {
    this.assets = assets;
  }

  /** Only GET and HEAD; in particular no TRACE, which would echo the token. */
  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SECURITY_HEADERS.forEach(response::setHeader);
    switch (request.getMethod()) {
      case "GET", "HEAD" -> send(request, response);
      default -> {
        response.setHeader("Allow", "GET, HEAD");
        say(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "Method not allowed");
      }
    }
  }

  private void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Asset asset = assets.at(pathOf(request));
    if (asset == null) {
      response.setHeader("Cache-Control", "no-store");
      say(response, HttpServletResponse.SC_NOT_FOUND, "Not found");
      return;
    }
    Encoding encoding = choose(asset, request.getHeader("Accept-Encoding"));
    Asset.Body body = bodyOf(asset, encoding);
    response.setHeader("Cache-Control", asset.immutable() ? FOR_EVER : ASK_AGAIN);
    response.setHeader("Vary", "Accept-Encoding");
    response.setHeader("ETag", body.etag());
    if (matches(request.getHeader("If-None-Match"), body.etag())) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(asset.contentType());
    if (encoding != Encoding.IDENTITY) {
      response.setHeader("Content-Encoding", encoding.token());
    }
    response.setContentLength(body.bytes().length);
    if (request.getMethod().equals("GET")) {
      response.getOutputStream().write(body.bytes());
    }
  }

  private static String pathOf(HttpServletRequest request) {
    String servletPath = request.getServletPath();
    String pathInfo = request.getPathInfo();
    return pathInfo == null ? servletPath : servletPath + pathInfo;
  }

  private static Encoding choose(Asset asset, @Nullable String acceptEncoding) {
    for (Encoding encoding : Encoding.values()) {
      if (asset.bodies().containsKey(encoding) && encoding.acceptedBy(acceptEncoding)) {
        return encoding;
      }
    }
    return Encoding.IDENTITY;
  }

  private static Asset.Body bodyOf(Asset asset, Encoding encoding) {
    Asset.Body body = asset.bodies().get(encoding);
    if (body == null) {
      throw new IllegalStateException("an asset always has its plain form");
    }
    return body;
  }

  private static boolean matches(@Nullable String ifNoneMatch, String etag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String candidate : ifNoneMatch.split(",", -1)) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }

  private static void say(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    response.getWriter().write(text + "\n");
  }
}
