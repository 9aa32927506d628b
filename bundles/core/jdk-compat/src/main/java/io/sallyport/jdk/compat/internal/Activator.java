/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Registers the hook. It has to run before any class that is to be rewritten is loaded. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

  @Override
  public void start(BundleContext context) {
    context.registerService(WeavingHook.class, new SubjectWeavingHook(), null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes the service back.
  }
}
