/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import java.nio.file.Path;
import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** Writes the packets of a network namespace to a pcap file, as a user asked. */
@ProviderType
public interface PacketRecorder {
  /**
   * Begins a recording on all interfaces of the namespace, on a thread of its own.
   *
   * @param file is made anew, mode 0600
   * @param duration how long at most
   * @param maxBytes how large the file may become
   * @param filter a pcap filter expression, empty for everything
   * @throws CaptureException when the namespace has gone, the filter is wrong or the library that
   *     does it is missing
   */
  Recording record(
      CaptureTarget target, Path file, Duration duration, long maxBytes, String filter);

  /** A recording. */
  interface Recording {
    /** Whether it goes on. */
    boolean running();

    /** Bytes of the file that are complete and can be read. */
    long bytes();

    /** Packets written. */
    long packets();

    /** Why it failed; empty when it did not. */
    String problem();

    /** Ends it and completes the file. Waits until that is done, a second at most. */
    void stop();
  }
}
