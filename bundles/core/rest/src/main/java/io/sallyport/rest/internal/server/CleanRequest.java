/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.server;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.ClientErrorException;
import java.io.IOException;

/**
 * A request whose path is the one that was meant, without doubled and trailing slashes, below an
 * endpoint's address, and whose body is bounded.
 */
final class CleanRequest extends HttpServletRequestWrapper {
  static final int MAX_BODY = 1 << 20;
  private static final int TOO_LARGE = 413;

  private final String path;

  CleanRequest(HttpServletRequest request, String address) {
    super(request);
    String clean = clean(request.getRequestURI());
    // CXF serves it at a place of its own.
    this.path = address + (clean.equals("/v1/openapi.json") ? "/openapi.json" : clean);
  }

  /** The path without doubled and trailing slashes. */
  static String clean(String path) {
    String single = path.replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }

  @Override
  public String getRequestURI() {
    return path;
  }

  @Override
  public StringBuffer getRequestURL() {
    StringBuffer url = new StringBuffer();
    url.append(getScheme()).append("://").append(getServerName());
    return url.append(':').append(getServerPort()).append(path);
  }

  @Override
  public String getContextPath() {
    return "";
  }

  @Override
  public String getServletPath() {
    return "";
  }

  @Override
  public String getPathInfo() {
    return path;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new Bounded(super.getInputStream());
  }

  private static final class Bounded extends ServletInputStream {
    private final ServletInputStream in;
    private int left = MAX_BODY;

    private Bounded(ServletInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        count(1);
      }
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        count(read);
      }
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw new ClientErrorException(TOO_LARGE);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
