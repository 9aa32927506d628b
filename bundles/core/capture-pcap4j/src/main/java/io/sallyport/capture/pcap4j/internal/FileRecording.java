/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.PacketRecorder;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/** One recording, on a thread of its own. */
final class FileRecording implements PacketRecorder.Recording {
  /** A pcap file's header, and that of each packet in it. */
  private static final int FILE_HEADER = 24;

  private static final int PACKET_HEADER = 16;
  private static final long FLUSH_NANOS = Duration.ofMillis(250).toNanos();
  private static final long STOP_MILLIS = 1000;

  private final PcapHandle handle;
  private final PcapDumper dumper;
  private final long end;
  private final long maxBytes;
  private final Thread thread;
  private volatile boolean stopping;
  private volatile boolean running = true;
  private volatile long complete;
  private final AtomicLong packets = new AtomicLong();
  private volatile String problem = "";

  private FileRecording(PcapHandle handle, PcapDumper dumper, Duration duration, long maxBytes) {
    this.handle = handle;
    this.dumper = dumper;
    this.end = System.nanoTime() + duration.toNanos();
    this.maxBytes = maxBytes;
    this.thread = Thread.ofPlatform().daemon().name("packet-recording").unstarted(this::run);
  }

  static FileRecording start(PcapHandle handle, Path file, Duration duration, long maxBytes) {
    try {
      FileRecording recording =
          new FileRecording(handle, handle.dumpOpen(file.toString()), duration, maxBytes);
      recording.thread.start();
      return recording;
    } catch (PcapNativeException | NotOpenException e) {
      handle.close();
      throw new CaptureException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void run() {
    long written = FILE_HEADER;
    long flushed = System.nanoTime();
    try (handle;
        dumper) {
      dumper.flush();
      complete = written;
      while (!stopping && System.nanoTime() - end < 0) {
        byte[] packet = LiveHandle.next(handle);
        if (packet != null) {
          if (written + PACKET_HEADER + packet.length > maxBytes) {
            break;
          }
          dumper.dumpRaw(packet, handle.getTimestamp());
          written += PACKET_HEADER + packet.length;
          packets.incrementAndGet();
        }
        // Packets stay in stdio's buffer until they are flushed; readers want them while it runs.
        if (written != complete && System.nanoTime() - flushed > FLUSH_NANOS) {
          dumper.flush();
          flushed = System.nanoTime();
          complete = written;
        }
      }
      dumper.flush();
      complete = written;
    } catch (PcapNativeException | NotOpenException | EOFException e) {
      problem = "the capture has failed: " + e.getMessage();
    } finally {
      running = false;
    }
  }

  @Override
  public boolean running() {
    return running;
  }

  @Override
  public long bytes() {
    return complete;
  }

  @Override
  public long packets() {
    return packets.get();
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public void stop() {
    stopping = true;
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
