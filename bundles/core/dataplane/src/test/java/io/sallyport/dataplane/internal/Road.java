/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.capture.LinkType;
import io.sallyport.api.capture.PacketHandler;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A flow path with an observer that remembers, and a clock in milliseconds. */
final class Road implements FlowObserver {
  static final long SECOND = 1_000;

  final RecordingEngine engine;
  final Counters counters = new Counters();
  final List<FlowRecord> reports = new ArrayList<>();
  final FlowPath path;
  long now = 1_700_000_000_000L;
  private final PacketHandler handler;
  private final MemorySegment memory = Arena.ofAuto().allocate(1 << 17);

  Road(RecordingEngine engine, FlowLimits limits) {
    this.engine = engine;
    this.path =
        new FlowPath(limits, new FlowIds(1, 1, 42), engine.worker("test", (_, _) -> {}), counters);
    this.handler = path.handler(new Scope(1, "w", this, Long.MAX_VALUE, null));
  }

  static Road live() {
    return new Road(new RecordingEngine(), new FlowLimits(1000, 8, 1 << 20, true));
  }

  static Road file() {
    return new Road(new RecordingEngine(), new FlowLimits(1000, 8, 1 << 20, false));
  }

  void ethernet(byte[] frame) {
    packet(LinkType.ETHERNET, frame);
  }

  void ip(byte[] packet) {
    packet(LinkType.RAW, packet);
  }

  void packet(int link, byte[] bytes) {
    packet(link, bytes, bytes.length, bytes.length);
  }

  void packet(int link, byte[] bytes, int captured, int wire) {
    // At the end of the memory, so that reading too far is noticed.
    long offset = memory.byteSize() - captured;
    MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, offset, captured);
    handler.packet(memory, offset, captured, wire, link, now * 1_000_000);
  }

  void tcp(boolean toServer, int sequence, int acknowledgement, int flags, String data) {
    byte[] payload = Packets.text(data);
    ip(
        toServer
            ? Packets.ipv4(
                "10.0.0.1",
                "10.0.0.2",
                6,
                Packets.tcp(40000, 80, sequence, acknowledgement, flags, payload))
            : Packets.ipv4(
                "10.0.0.2",
                "10.0.0.1",
                6,
                Packets.tcp(80, 40000, sequence, acknowledgement, flags, payload)));
  }

  void pass(long millis) {
    now += millis;
    path.advance(now * 1_000_000);
  }

  List<FlowRecord> finish() {
    path.finish();
    return ended();
  }

  List<FlowRecord> ended() {
    return reports.stream().filter(flow -> flow.state() == FlowState.CLOSED).toList();
  }

  String said(Direction direction) {
    StringBuilder all = new StringBuilder();
    for (RecordingEngine.Stream stream : engine.streams) {
      all.append(new String(stream.of(direction), java.nio.charset.StandardCharsets.US_ASCII));
    }
    return all.toString();
  }

  @Override
  public void flow(FlowRecord flow) {
    reports.add(flow);
  }

  @Override
  public void message(FlowRecord flow, Direction direction, Message message) {
    throw new IllegalStateException("no parser is here");
  }
}
