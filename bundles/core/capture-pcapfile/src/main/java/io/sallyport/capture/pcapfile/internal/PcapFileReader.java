/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.PacketFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** Reads pcap files, in all their variants, and pcapng files. Any thread; the file is mapped. */
@Component
public final class PcapFileReader implements PacketFileReader {
  /** Ready to use. */
  public PcapFileReader() {}

  @Override
  public boolean reads(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(Integer.BYTES);
      if (head.length < Integer.BYTES) {
        return false;
      }
      int magic = ByteBuffer.wrap(head).getInt();
      return magic == PcapFormat.PCAPNG || PcapFormat.of(magic) != null;
    } catch (IOException e) {
      throw MappedFile.unreadable(file, e);
    }
  }

  @Override
  public Capture open(Path path) {
    MappedFile file = MappedFile.map(path);
    try {
      return open(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Capture open(MappedFile file) {
    if (file.size() < Integer.BYTES) {
      throw new CaptureException(file.path() + " is too short to hold packets", null);
    }
    int magic = file.memory().get(JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0);
    if (magic == PcapFormat.PCAPNG) {
      return new PcapngCapture(file);
    }
    PcapFormat format = PcapFormat.of(magic);
    if (format == null) {
      throw new CaptureException(file.path() + " is neither a pcap nor a pcapng file", null);
    }
    return new PcapCapture(file, format);
  }
}
