/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Runs a pcap or pcapng file through the same road as live packets. */
@ProviderType
public interface FlowReplay {
  /**
   * Reads the whole file on the calling thread and reports every flow once, when it is complete.
   * Time is the file's own.
   *
   * @throws io.sallyport.api.capture.CaptureException when the file cannot be read at all; of a
   *     truncated file everything before the cut is reported, and the answer says so
   */
  Summary replay(Path file, FlowObserver observer);

  /**
   * What was read.
   *
   * @param packets packets
   * @param bytes their bytes on the wire
   * @param flows flows
   * @param problem what is wrong with the file; empty when nothing is
   */
  record Summary(long packets, long bytes, long flows, String problem) {}
}
