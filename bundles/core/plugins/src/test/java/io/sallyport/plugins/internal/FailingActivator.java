/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Goes into a bundle that cannot start. */
public final class FailingActivator implements BundleActivator {
  /** Made by the framework. */
  public FailingActivator() {}

  @Override
  public void start(BundleContext context) {
    throw new IllegalStateException("no licence found");
  }

  @Override
  public void stop(BundleContext context) {}
}
