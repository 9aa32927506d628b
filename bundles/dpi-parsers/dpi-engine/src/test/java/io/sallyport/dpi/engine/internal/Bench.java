/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** An engine with one worker, whose owner is the thread that makes it, and what it told. */
final class Bench implements InspectionListener, AutoCloseable {
  final DpiEngine engine = new DpiEngine();
  final Worker worker;
  final List<String> told = new ArrayList<>();
  final CountDownLatch stuck = new CountDownLatch(1);

  Bench(Script... parsers) {
    for (Script parser : parsers) {
      engine.add(parser, "test." + parser.application().name(), "1.0.0");
    }
    worker = (Worker) engine.worker("bench", (same, application) -> stuck.countDown());
  }

  Inspection open() {
    return open(Transport.TCP, 4_000);
  }

  Inspection open(Transport transport, int serverPort) {
    return worker.open(flow(transport, serverPort), this);
  }

  static Flow flow(Transport transport, int serverPort) {
    IpAddress client = IpAddress.parse("192.0.2.1");
    IpAddress server = IpAddress.parse("192.0.2.2");
    return new Flow(transport, client, 50_000, server, serverPort, false);
  }

  static void client(Inspection inspection, String text) {
    send(inspection, Direction.TO_SERVER, text);
  }

  static void server(Inspection inspection, String text) {
    send(inspection, Direction.TO_CLIENT, text);
  }

  static void send(Inspection inspection, Direction direction, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(bytes.length + 3L);
      memory.asSlice(3).copyFrom(MemorySegment.ofArray(bytes));
      inspection.data(direction, memory, 3, bytes.length);
    }
  }

  ParserStatus status(String name) {
    return engine.parsers().stream()
        .filter(status -> status.application().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  long counter(String name) {
    return engine.counters().getOrDefault(name, -1L);
  }

  @Override
  public void identified(Inspection inspection, Application application) {
    told.add("identified " + application);
  }

  @Override
  public void message(Inspection inspection, Direction direction, Message message) {
    told.add(direction + " " + message);
  }

  @Override
  public void close() {
    worker.close();
    engine.close();
  }

  /** A listener that does nothing. */
  static class Quiet implements InspectionListener {
    @Override
    public void identified(Inspection inspection, Application application) {}

    @Override
    public void message(Inspection inspection, Direction direction, Message message) {}
  }
}
