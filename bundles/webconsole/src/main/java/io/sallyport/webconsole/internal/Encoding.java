/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.webconsole.internal;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an asset is stored; the order is the order of preference. */
enum Encoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz"),
  IDENTITY("identity", "");

  private final String token;
  private final String suffix;

  Encoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /** The name in HTTP headers. */
  String token() {
    return token;
  }

  /** The ending of a file stored in this encoding. */
  String suffix() {
    return suffix;
  }

  /** Tells whether an Accept-Encoding header lets this encoding be sent (RFC 9110, 12.5.3). */
  boolean acceptedBy(@Nullable String header) {
    if (this == IDENTITY) {
      return true;
    }
    if (header == null) {
      return false;
    }
    boolean any = false;
    for (String part : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] fields = part.split(";", 2);
      String name = fields[0].strip();
      boolean refused = fields.length > 1 && fields[1].strip().matches("q\\s*=\\s*0(\\.0{0,3})?");
      if (name.equals(token)) {
        return !refused;
      }
      any |= name.equals("*") && !refused;
    }
    return any;
  }
}
