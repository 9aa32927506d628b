/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Workload;

/** Told what becomes of workloads, on the table's thread; must not block. */
interface WorkloadListener {
  /** A workload is new or has changed. */
  void changed(Workload workload);

  /** A workload no longer runs. */
  void gone(String workloadId);

  /** This network namespace is to be watched, by way of its owner's process. Repeated freely. */
  void watch(long inode, Workload owner);

  /** Nobody lives in this network namespace any more. */
  void unwatch(long inode);
}
