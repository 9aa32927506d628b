/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.PacketRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.osgi.service.component.annotations.Component;
import org.pcap4j.core.PcapHandle;

/** Records packets by pcap4j. */
@Component
public final class Pcap4jRecorder implements PacketRecorder {
  @Override
  public Recording record(
      CaptureTarget target, Path file, Duration duration, long maxBytes, String filter) {
    PcapHandle handle = LiveHandle.open(target, filter);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      handle.close();
      throw new CaptureException("cannot write " + file + ": " + e.getMessage(), e);
    }
    return FileRecording.start(handle, file, duration, maxBytes);
  }
}
