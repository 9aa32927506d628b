/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.api.inspection.ProtocolEngine;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that keeps what it is given. */
class RecordingEngine implements ProtocolEngine {
  final List<Stream> streams = new CopyOnWriteArrayList<>();
  int wanted = Integer.MAX_VALUE;

  @Override
  public InspectionWorker worker(String name, StuckListener onStuck) {
    return new InspectionWorker() {
      @Override
      public Inspection open(Flow flow, InspectionListener listener) {
        return opened(new Stream(flow, wanted));
      }

      @Override
      public void takeOver() {
        tookOver();
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  Inspection opened(Stream stream) {
    streams.add(stream);
    return stream;
  }

  void tookOver() {
    throw new IllegalStateException("nobody got stuck");
  }

  /** What one flow said. */
  static class Stream implements Inspection {
    final Flow flow;
    final Map<Direction, ByteArrayOutputStream> bytes = new EnumMap<>(Direction.class);
    final List<String> events = new ArrayList<>();
    final int wanted;
    int calls;
    boolean ended;

    Stream(Flow flow, int wanted) {
      this.flow = flow;
      this.wanted = wanted;
      for (Direction direction : Direction.values()) {
        bytes.put(direction, new ByteArrayOutputStream());
      }
    }

    byte[] of(Direction direction) {
      ByteArrayOutputStream stream = bytes.get(direction);
      return stream == null ? new byte[0] : stream.toByteArray();
    }

    @Override
    public void data(Direction direction, MemorySegment memory, long offset, int length) {
      byte[] copy = new byte[length];
      MemorySegment.copy(memory, JAVA_BYTE, offset, copy, 0, length);
      bytes.computeIfAbsent(direction, _ -> new ByteArrayOutputStream()).writeBytes(copy);
      events.add(direction + " " + length);
      calls++;
    }

    @Override
    public void gap(Direction direction, long count) {
      events.add(direction + " gap " + count);
    }

    @Override
    public void end() {
      ended = true;
    }

    @Override
    public boolean wantsData() {
      return !ended && calls < wanted;
    }

    @Override
    public boolean settled() {
      return false;
    }

    @Override
    public Application application() {
      return Application.UNKNOWN;
    }

    @Override
    public Map<String, List<String>> attributes() {
      return Map.of();
    }
  }
}
