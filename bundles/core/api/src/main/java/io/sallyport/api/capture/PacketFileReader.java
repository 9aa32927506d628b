/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads the packets of a file. A plugin: register it as an OSGi service, one for each format. */
@ConsumerType
public interface PacketFileReader {
  /**
   * Whether the file has this reader's format, judged by its first bytes. Any thread.
   *
   * @throws CaptureException when the file cannot be read at all
   */
  boolean reads(Path file);

  /**
   * Opens the file. Its capture has no descriptor to wait for, is at its end when {@link
   * Capture#poll} answers -1, and then tells by {@link Capture#problem} whether the file was whole.
   *
   * @throws CaptureException when the file cannot be read, or not a single packet of it
   */
  Capture open(Path file);
}
