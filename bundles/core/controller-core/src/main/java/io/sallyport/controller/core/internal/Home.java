/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/**
 * Where data lies: the property {@code sallyport.home}, else SALLYPORT_HOME, else the usual place.
 */
final class Home {
  private Home() {}

  static Path of(BundleContext context) {
    @Nullable String property = context.getProperty("sallyport.home");
    @Nullable String variable = System.getenv("SALLYPORT_HOME");
    if (property != null && !property.isBlank()) {
      return Path.of(property);
    }
    return Path.of(variable == null || variable.isBlank() ? "/var/lib/sallyport" : variable);
  }
}
