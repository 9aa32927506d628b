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
   * Reads the whole file and reports every flow once, when it is complete; messages are not
   * reported. Time is the file's own, and a flow may be silent for longer than a live one before it
   * counts as ended. The observer is called on a thread of the replay's own, while the caller
   * waits: a parser that never returns costs that thread, not the caller's.
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
