/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.inspection;

import org.osgi.annotation.versioning.ProviderType;

/** Finds out which application a flow speaks, with the parsers that are deployed. */
@ProviderType
public interface ProtocolEngine {
  /**
   * A place for one thread that owns flows. The thread that calls becomes the owner.
   *
   * @param name for messages
   * @param onStuck told by the engine's watchdog when a parser does not return
   */
  InspectionWorker worker(String name, StuckListener onStuck);

  /** Told that a parser does not return to an inspection worker's owner. */
  @FunctionalInterface
  interface StuckListener {
    /**
     * Called on the watchdog's thread, once a hang. The owner thread is lost: another thread has to
     * call {@link InspectionWorker#takeOver} and go on with its captures. Should the lost thread
     * ever return, its next step in the engine throws {@link AbandonedException}.
     */
    void stuck(InspectionWorker worker, String application);
  }
}
