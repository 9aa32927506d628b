/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.workload;

import org.osgi.annotation.versioning.ProviderType;

/** Where a source reports. Calls come from the thread that runs {@link WorkloadSource#watch}. */
@ProviderType
public interface ContainerListener {
  /** A container that is new or has changed: started, renamed, paused, moved to another network. */
  void container(Container container);

  /** A container that no longer runs. Unknown ids are ignored. */
  void gone(String containerId);

  /** Everything that ran when the watch began has been reported; what was not is gone. */
  void listed();
}
