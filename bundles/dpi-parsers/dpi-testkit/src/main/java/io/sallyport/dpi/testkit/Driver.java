/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.inspection.Inspection;
import io.sallyport.api.inspection.InspectionListener;
import io.sallyport.api.inspection.InspectionWorker;
import io.sallyport.dpi.engine.internal.DpiEngine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs conversations through the protocol engine itself, with the parsers that it is given. What is
 * offered lies at changing places in memory that is overwritten after each call, so that a parser
 * which keeps a window shows. One thread only.
 */
public final class Driver implements AutoCloseable {
  private static final int SPACE = 1 << 20;

  private final DpiEngine engine = new DpiEngine();
  private final MemorySegment memory = Arena.ofAuto().allocate(SPACE + 64L);
  private final InspectionWorker worker;
  private int shift;

  /** A driver with these parsers deployed. The calling thread is the one that may use it. */
  public Driver(ProtocolParser... parsers) {
    for (ProtocolParser parser : parsers) {
      engine.add(parser, "test", "0");
    }
    worker = engine.worker("test", (stuck, application) -> {});
  }

  /** Runs a whole conversation. */
  public Reading read(Conversation conversation) {
    Live live = open(conversation.flow());
    conversation.steps().forEach(live::step);
    return live.end();
  }

  /** Begins a conversation that is run step by step, beside others. */
  public Live open(Flow flow) {
    return new Live(flow);
  }

  /** What went wrong in the parsers so far: calls that threw, answered null or did not return. */
  public List<String> problems() {
    return engine.parsers().stream()
        .filter(parser -> parser.errors() + parser.hangs() > 0)
        .map(parser -> parser.application() + ": " + parser.problem())
        .toList();
  }

  /** How the parsers do. */
  public List<ParserStatus> parsers() {
    return engine.parsers();
  }

  /** What the engine has cut or given up, by name. */
  public Map<String, Long> counters() {
    return engine.counters();
  }

  @Override
  public void close() {
    worker.close();
    engine.close();
  }

  /** A conversation that is going on. */
  public final class Live implements InspectionListener {
    private final Inspection inspection;
    private final List<Said> messages = new ArrayList<>();

    private Live(Flow flow) {
      inspection = worker.open(flow, this);
    }

    /** The next step. */
    public void step(Step step) {
      if (step.gap() > 0) {
        inspection.gap(step.direction(), step.gap());
        return;
      }
      byte[] bytes = step.bytes();
      for (int from = 0; from < bytes.length; from += SPACE) {
        offer(step.direction(), bytes, from, Math.min(SPACE, bytes.length - from));
      }
    }

    /** Ends the flow. */
    public Reading end() {
      boolean wantsData = inspection.wantsData();
      boolean settled = inspection.settled();
      inspection.end();
      return new Reading(
          inspection.application(),
          new TreeMap<>(inspection.attributes()),
          List.copyOf(messages),
          wantsData,
          settled);
    }

    @Override
    public void identified(Inspection same, Application application) {}

    @Override
    public void message(Inspection same, Direction direction, Message message) {
      messages.add(Said.of(direction, message));
    }

    private void offer(Direction direction, byte[] bytes, int from, int count) {
      shift = (shift + 7) % 64;
      MemorySegment.copy(bytes, from, memory, JAVA_BYTE, shift, count);
      inspection.data(direction, memory, shift, count);
      memory.asSlice(shift, count).fill((byte) 0xa5);
    }
  }
}
