/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import java.util.List;

/**
 * What the enforcer asks the kernel about the network namespaces of processes. A process may end at
 * any moment; that is an answer, never an error.
 */
interface NamespaceProbe {
  /** What {@link #inode} answers for a process that has ended. */
  long GONE = -1;

  /** The inode of a process's network namespace; 0 when this process may not read it. */
  long inode(int pid);

  /** The inode of the host's own network namespace. */
  long hostInode();

  /**
   * The addresses of a process's network namespace, loopback and link-local ones among them, in a
   * stable order; none when the process has ended.
   */
  List<IpAddress> addresses(int pid);

  /** The host's own addresses, likewise. */
  List<IpAddress> hostAddresses();

  /**
   * Tells when addresses or links of a process's network namespace change, on some thread; {@code
   * changed} must not block. Where that cannot be watched it says nothing.
   */
  Subscription watch(int pid, Runnable changed);
}
