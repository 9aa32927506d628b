/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.LinkType;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.netlink.NflogReader;
import io.sallyport.kernel.netlink.NflogSocket;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The packets of an NFLOG group, read by whichever thread owns the capture at the time. They have
 * the time at which they were received here, as the kernel tells the time of those that arrive
 * only, and a flow's packets must not go back in time.
 */
final class NflogCapture implements Capture {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int IPV6 = 6;
  private static final int V4_TOTAL_LENGTH = 2;
  private static final int V6_HEADER = 40;
  private static final int V6_PAYLOAD_LENGTH = 4;
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final String name;
  private final NflogSocket socket;
  private final Connections connections;
  private final InstalledRules rules;
  private final AtomicBoolean closed = new AtomicBoolean();

  // Written by the owner only, before it hands a packet out.
  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private @Nullable Thread owner;
  private @Nullable NflogReader reader;

  NflogCapture(String name, NflogSocket socket, Connections connections, InstalledRules rules) {
    this.name = name;
    this.socket = socket;
    this.connections = connections;
    this.rules = rules;
  }

  @Override
  public int fileDescriptor() {
    return socket.fd().number();
  }

  @Override
  public int poll(PacketHandler handler, int limit) {
    NflogReader current = reader();
    int count = 0;
    long nanos = 0;
    while (count < limit && next(current)) {
      if (count == 0) {
        nanos = System.currentTimeMillis() * NANOS_PER_MILLI;
      }
      count++;
      count(current.sequence());
      hand(current, handler, nanos);
    }
    return count;
  }

  /** The reader of the thread that calls; one that another thread was stuck with is revoked. */
  private NflogReader reader() {
    NflogReader current = reader;
    if (current == null || owner != Thread.currentThread()) {
      owner = Thread.currentThread();
      current = socket.takeOver();
      reader = current;
    }
    return current;
  }

  private boolean next(NflogReader current) {
    try {
      return current.next();
    } catch (KernelException e) {
      throw new CaptureException(
          "cannot receive the packets of " + name + ": " + e.getMessage(), e);
    }
  }

  /** The kernel numbers the packets from 0, also those for which it then has no room. */
  private void count(int sequence) {
    long handedOut = packets.getPlain();
    int gap = sequence - (int) (handedOut + missing.getPlain());
    if (gap > 0) {
      missing.setRelease(missing.getPlain() + gap);
    }
    packets.setRelease(handedOut + 1);
  }

  private static void hand(NflogReader packet, PacketHandler handler, long nanos) {
    MemorySegment memory = packet.memory();
    long offset = packet.offset();
    int captured = packet.length();
    int wire = Math.max(captured, length(memory, offset, captured));
    handler.packet(memory, offset, captured, wire, LinkType.RAW, nanos);
  }

  /** The length that the packet's own header tells; 0 when it is too short to have one. */
  private static int length(MemorySegment memory, long offset, int captured) {
    if (captured < V6_PAYLOAD_LENGTH + Short.BYTES) {
      return 0;
    }
    return (memory.get(JAVA_BYTE, offset) >> 4 & 0xf) == IPV6
        ? V6_HEADER + Short.toUnsignedInt(memory.get(NETWORK_SHORT, offset + V6_PAYLOAD_LENGTH))
        : Short.toUnsignedInt(memory.get(NETWORK_SHORT, offset + V4_TOTAL_LENGTH));
  }

  @Override
  public boolean counters(ConnectionKey key, ConnectionCounters into) {
    return connections.counters(key, into);
  }

  @Override
  public CaptureStatistics statistics() {
    // Of a loss, the overrun is seen before the next packet shows how many were lost.
    long dropped = Math.max(missing.getAcquire(), socket.counters().overruns());
    return new CaptureStatistics(packets.getAcquire(), dropped, -1);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      socket.close();
      connections.close();
      rules.close();
    }
  }
}
