/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

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

/**
 * Reads pcap files, in all their variants, and pcapng files. Any thread; the file is read as its
 * packets are.
 */
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
      throw PacketFile.unreadable(file, e);
    }
  }

  @Override
  public Capture open(Path path) {
    PacketFile file = PacketFile.open(path);
    try {
      return open(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Capture open(PacketFile file) {
    if (file.size() < Integer.BYTES) {
      throw new CaptureException(file.path() + " is too short to hold packets", null);
    }
    file.order(ByteOrder.BIG_ENDIAN);
    int at = file.at(0, Integer.BYTES);
    int magic = file.view().getInt(at);
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
