/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.testkit;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;

/** The least parser: lines, of which the first is a knock. May be told to misbehave. */
final class KnockParser implements ProtocolParser {
  /** What is wrong with it. */
  enum Fault {
    NONE,
    THROWS_AT_THE_END_OF_A_LINE,
    KEEPS_NO_REST,
    CLAIMS_EVERYTHING
  }

  private final Fault fault;

  KnockParser(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Application application() {
    return new Application(3999, "Knock");
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (fault == Fault.CLAIMS_EVERYTHING) {
      return Match.YES;
    }
    if (direction == Direction.TO_CLIENT || !head.mayStartWith("KNOCK ")) {
      return Match.NO;
    }
    return head.startsWith("KNOCK ") ? Match.YES : Match.MORE;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return (direction, data) -> {
      int end = data.indexOf('\n', data.consumed());
      while (end >= 0) {
        sink.message(direction, Message.notice().with("line", data.text(data.consumed(), end)));
        data.consume(end + 1 - data.consumed());
        end = data.indexOf('\n', data.consumed());
      }
      if (fault == Fault.THROWS_AT_THE_END_OF_A_LINE && data.consumed() == data.length()) {
        throw new IllegalStateException("nothing behind the line");
      }
      if (fault == Fault.KEEPS_NO_REST) {
        data.consumeAll();
      }
      return Progress.CONTINUE;
    };
  }
}
