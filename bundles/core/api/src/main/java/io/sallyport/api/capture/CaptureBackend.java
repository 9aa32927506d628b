/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import io.sallyport.api.common.Probe;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to see the packets of a network namespace without being in their way. A plugin: register it
 * as an OSGi service. Of the backends whose probe succeeds the one with the highest rank is used;
 * when it goes, its captures are opened again with the next.
 */
@ConsumerType
public interface CaptureBackend {
  /** A short name for the user: {@code ring-ebpf}, {@code nflog}. */
  String name();

  /**
   * The higher the better; {@code ring-ebpf} 400, {@code nflog} 300, {@code ring} 200, {@code
   * pcap4j} 100.
   */
  int rank();

  /** Tries on this host what {@link #open} needs, and undoes it. Called at start and on request. */
  Probe probe();

  /**
   * Opens a capture. May be called on any thread; enters the namespace on a thread of its own.
   *
   * @throws CaptureException when the namespace has gone or the kernel refuses; nothing is left
   *     behind
   */
  Capture open(CaptureTarget target);
}
