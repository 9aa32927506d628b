/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.ring.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.bpf.BpfMap;
import io.sallyport.kernel.bpf.BpfObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * The eBPF filter of {@code first_bytes.bpf.c}: one program a ring, which knows its ring's number,
 * and one map of flows for all of them. Safe on any thread.
 */
final class FlowFilter implements AutoCloseable {
  private static final String OBJECT = "/bpf/first_bytes.bpf.o";
  private static final String FLOWS = "flows";
  private static final String OMITTED = "omitted";

  /** {@code omitted} has that many entries. */
  private static final int MAX_RINGS = 4096;

  // struct flow and struct counters of the program
  private static final long HIGH_ADDRESS = 16;
  private static final long PORTS = 32;
  private static final long RING = 36;
  private static final long PROTOCOL = 40;
  private static final long KEY_SIZE = 44;
  private static final long COUNTERS_SIZE = 40;
  // struct settings of the program
  private static final long FULL_BYTES = 0;
  private static final long RING_ID = 8;

  private static final ValueLayout.OfLong NETWORK_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort NETWORK_SHORT =
      ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

  private final byte[] file;
  private final BpfObject first;
  private final BpfMap flows;
  private final BpfMap omitted;
  private final BitSet rings = new BitSet();

  private FlowFilter(byte[] file, BpfObject first) {
    this.file = file;
    this.first = first;
    this.flows = first.map(FLOWS);
    this.omitted = first.map(OMITTED);
  }

  /** Loads the maps, and the program once, to see that this kernel takes it. */
  static FlowFilter load() {
    byte[] file = read();
    BpfObject object = BpfObject.open("first_bytes", file);
    try {
      return new FlowFilter(file, object.load());
    } catch (RuntimeException e) {
      object.close();
      throw e;
    }
  }

  private static byte[] read() {
    try (InputStream in = FlowFilter.class.getResourceAsStream(OBJECT)) {
      if (in == null) {
        throw new IllegalStateException("the bundle was built without " + OBJECT);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A program for one ring. */
  Ring ring(long fullBytes) {
    int id = take();
    try (BpfObject object = BpfObject.open("first_bytes", file);
        Fd sharedFlows = flows.share();
        Fd sharedOmitted = omitted.share()) {
      object.reuse(FLOWS, sharedFlows).reuse(OMITTED, sharedOmitted);
      MemorySegment constants = object.section(".rodata");
      constants.set(JAVA_INT, RING_ID, id);
      constants.set(JAVA_LONG, FULL_BYTES, fullBytes);
      return new Ring(id, object.load().program("first_bytes"));
    } catch (RuntimeException e) {
      giveBack(id);
      throw e;
    }
  }

  private synchronized int take() {
    int id = rings.nextClearBit(0);
    if (id >= MAX_RINGS) {
      throw new IllegalStateException(MAX_RINGS + " captures are open already");
    }
    rings.set(id);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment key = scratch.allocate(JAVA_INT);
      key.set(JAVA_INT, 0, id);
      omitted.update(key, scratch.allocate(JAVA_LONG), BpfMap.BPF_ANY);
    }
    return id;
  }

  private synchronized void giveBack(int id) {
    rings.clear(id);
  }

  @Override
  public void close() {
    first.close();
  }

  /** A ring's part of the filter. The owner thread reads connections; anyone may read the sum. */
  final class Ring implements AutoCloseable {
    private final int id;
    private final Fd program;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment key = arena.allocate(KEY_SIZE, 8);
    private final MemorySegment value = arena.allocate(COUNTERS_SIZE, 8);
    private boolean closed;

    private Ring(int id, Fd program) {
      this.id = id;
      this.program = program;
    }

    /** The loaded program. */
    Fd program() {
      return program;
    }

    /** The counters of one connection; false when the map does not know it, or no longer. */
    synchronized boolean counters(ConnectionKey connection, ConnectionCounters into) {
      if (closed) {
        return false;
      }
      boolean sourceIsLow = order(connection) <= 0;
      write(0, sourceIsLow, connection.sourceHigh, connection.destinationHigh);
      write(Long.BYTES, sourceIsLow, connection.sourceLow, connection.destinationLow);
      int source = connection.sourcePort;
      int destination = connection.destinationPort;
      key.set(NETWORK_SHORT, PORTS, (short) (sourceIsLow ? source : destination));
      key.set(NETWORK_SHORT, PORTS + 2, (short) (sourceIsLow ? destination : source));
      key.set(JAVA_INT, RING, id);
      key.set(JAVA_INT, PROTOCOL, connection.protocol);
      if (!flows.lookup(key, value)) {
        return false;
      }
      int forward = sourceIsLow ? 0 : 2 * Long.BYTES;
      int backward = sourceIsLow ? 2 * Long.BYTES : 0;
      into.packetsForward = value.get(JAVA_LONG, forward);
      into.bytesForward = value.get(JAVA_LONG, forward + Long.BYTES);
      into.packetsBackward = value.get(JAVA_LONG, backward);
      into.bytesBackward = value.get(JAVA_LONG, backward + Long.BYTES);
      return true;
    }

    private void write(long offset, boolean sourceIsLow, long source, long destination) {
      key.set(NETWORK_LONG, offset, sourceIsLow ? source : destination);
      key.set(NETWORK_LONG, HIGH_ADDRESS + offset, sourceIsLow ? destination : source);
    }

    /** As the program orders them: by address, byte by byte, then by port. */
    private static int order(ConnectionKey c) {
      int order = Long.compareUnsigned(c.sourceHigh, c.destinationHigh);
      if (order == 0) {
        order = Long.compareUnsigned(c.sourceLow, c.destinationLow);
      }
      return order == 0 ? Integer.compare(c.sourcePort, c.destinationPort) : order;
    }

    /** Packets that did not pass. */
    synchronized long omitted() {
      if (closed) {
        return 0;
      }
      key.set(JAVA_INT, 0, id);
      return omitted.lookup(key, value) ? value.get(JAVA_LONG, 0) : 0;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        program.close();
        arena.close();
        giveBack(id);
      }
    }
  }
}
