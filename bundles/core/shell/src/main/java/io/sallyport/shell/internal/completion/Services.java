/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.completion;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Finds services at the moment they are needed: a command whose service is absent is there all the
 * same and says so, while Karaf hides a command with a {@code @Reference} to one.
 */
public record Services(BundleContext context) {
  /** The service, null when there is none. */
  public <T> @Nullable T find(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    // Not given back: it is in use by this bundle until it goes.
    return reference == null ? null : context.getService(reference);
  }

  /**
   * The service.
   *
   * @param absence what to tell the user when there is none
   */
  public <T> T need(Class<T> type, String absence) {
    T service = find(type);
    if (service == null) {
      throw new SallyportException(ErrorCode.UNSUPPORTED, absence);
    }
    return service;
  }
}
