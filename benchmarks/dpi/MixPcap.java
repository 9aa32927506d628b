/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.LinkType;
import io.sallyport.capture.pcapfile.internal.PcapFileReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes one large pcap file of many small ones: all that have Ethernet frames, one behind the other,
 * the whole many times, each time with other IP addresses, so that every time new flows begin.
 *
 * <p>Usage: {@code java -cp <jars of replay> MixPcap.java FOLDER TIMES OUT.pcap}
 */
final class MixPcap {
  private static final int MAX_PACKET = 65_535;

  private final byte[] frame = new byte[MAX_PACKET];
  private final ByteBuffer record = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
  private final OutputStream out;
  private int round;
  private long packets;

  private MixPcap(OutputStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(Path.of(arguments[0]))) {
      files = found.filter(file -> file.toString().matches(".*\\.(pcap|pcapng|cap)")).sorted().toList();
    }
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])), 1 << 20)) {
      MixPcap mix = new MixPcap(out);
      mix.header();
      for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
        mix.round = round;
        for (Path file : files) {
          mix.add(file);
        }
      }
      System.out.println(mix.packets);
    }
  }

  private void header() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
    header.putInt(MAX_PACKET).putInt(LinkType.ETHERNET);
    out.write(header.array());
  }

  private void add(Path file) {
    try (Capture capture = new PcapFileReader().open(file)) {
      int count = 0;
      while (count >= 0) {
        count = capture.poll(this::packet, 1024);
      }
    } catch (CaptureException e) {
      // A file that is damaged from its first byte on adds nothing.
    }
  }

  private void packet(MemorySegment memory, long offset, int captured, int wire, int link, long nanos) {
    if (link != LinkType.ETHERNET || captured > MAX_PACKET) {
      return;
    }
    MemorySegment.copy(memory, JAVA_BYTE, offset, frame, 0, captured);
    readdress(captured);
    record.clear();
    record.putInt((int) (nanos / 1_000_000_000)).putInt((int) (nanos % 1_000_000_000 / 1000));
    record.putInt(captured).putInt(Math.min(wire, MAX_PACKET));
    try {
      out.write(record.array());
      out.write(frame, 0, captured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    packets++;
  }

  /** Gives both ends of the outermost IP packet addresses of this round. */
  private void readdress(int length) {
    int type = 12;
    while (type + 6 <= length && (u16(type) == 0x8100 || u16(type) == 0x88a8)) {
      type += 4;
    }
    int ip = type + 2;
    if (ip + 20 <= length && u16(type) == 0x0800) {
      frame[ip + 13] ^= (byte) round;
      frame[ip + 17] ^= (byte) round;
    } else if (ip + 40 <= length && u16(type) == 0x86dd) {
      frame[ip + 8 + 7] ^= (byte) round;
      frame[ip + 24 + 7] ^= (byte) round;
    }
  }

  private int u16(int offset) {
    return (frame[offset] & 0xff) << 8 | frame[offset + 1] & 0xff;
  }
}
