/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.kernel.Wakeup;
import java.io.EOFException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.sql.Timestamp;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * Packets that a thread pumps from libpcap into a queue: pcap4j blocks and shows no descriptor to
 * wait for, so an eventfd stands for it.
 */
final class PumpedCapture implements Capture {
  private static final int QUEUE = 4096;
  private static final int LARGEST = 262_144;

  private final PcapHandle handle;
  private final int link;
  private final Wakeup wakeup = Wakeup.create();
  private final ArrayBlockingQueue<Packet> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong overflow = new AtomicLong();
  private final AtomicLong handedOut = new AtomicLong();
  private volatile boolean closed;
  private volatile String problem = "";

  private record Packet(MemorySegment bytes, int length, long nanos) {}

  private PumpedCapture(PcapHandle handle) {
    this.handle = handle;
    this.link = handle.getDlt().value();
  }

  static PumpedCapture start(PcapHandle handle) {
    PumpedCapture capture = new PumpedCapture(handle);
    Thread.ofPlatform().daemon().name("pcap4j-pump").start(capture::pump);
    return capture;
  }

  private void pump() {
    // The eventfd is closed here and nowhere else, so that it is never signalled after that.
    try (wakeup;
        handle) {
      while (!closed) {
        pumpOne();
      }
    }
  }

  private void pumpOne() {
    try {
      byte[] bytes = LiveHandle.next(handle);
      if (bytes != null) {
        Timestamp time = handle.getTimestamp();
        long nanos = Math.floorDiv(time.getTime(), 1000L) * 1_000_000_000L + time.getNanos();
        if (!queue.offer(
            new Packet(MemorySegment.ofArray(bytes), handle.getOriginalLength(), nanos))) {
          overflow.incrementAndGet();
        }
        wakeup.signal();
      }
    } catch (PcapNativeException | NotOpenException | EOFException e) {
      problem = "libpcap has failed: " + e.getMessage();
      closed = true;
      wakeup.signal();
    }
  }

  @Override
  public int fileDescriptor() {
    return wakeup.fd().number();
  }

  @Override
  public int poll(PacketHandler handler, int limit) {
    wakeup.clear();
    int count = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(LARGEST);
      for (Packet packet; count < limit && (packet = queue.poll()) != null; count++) {
        int captured = (int) Math.min(packet.bytes().byteSize(), LARGEST);
        MemorySegment.copy(packet.bytes(), 0, memory, 0, captured);
        handedOut.incrementAndGet();
        handler.packet(
            memory, 0, captured, Math.max(captured, packet.length()), link, packet.nanos());
      }
    }
    if (!queue.isEmpty()) {
      wakeup.signal();
    }
    if (count == 0 && !problem.isEmpty()) {
      throw new CaptureException(problem, null);
    }
    return count;
  }

  @Override
  public boolean counters(ConnectionKey key, ConnectionCounters into) {
    return false;
  }

  @Override
  public CaptureStatistics statistics() {
    long dropped = overflow.get();
    if (!closed) {
      try {
        dropped += handle.getStats().getNumPacketsDropped();
      } catch (PcapNativeException | NotOpenException e) {
        // The handle is going away just now; what the queue lost is still true.
      }
    }
    return new CaptureStatistics(handedOut.get(), dropped, 0);
  }

  @Override
  public String problem() {
    return problem;
  }

  @Override
  public void close() {
    closed = true;
  }
}
