/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.inspection;

import io.sallyport.api.dpi.Flow;
import org.osgi.annotation.versioning.ProviderType;

/** The inspections of one owner thread. Only the owner calls, but for {@link #takeOver}. */
@ProviderType
public interface InspectionWorker extends AutoCloseable {
  /** Begins to inspect a flow. */
  Inspection open(Flow flow, InspectionListener listener);

  /**
   * Makes the calling thread the owner. The inspection in which the former owner hangs has ended;
   * all others go on where they were.
   */
  void takeOver();

  /** Ends the worker; inspections that are open are forgotten. */
  @Override
  void close();
}
