/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dpi.engine.internal;

import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.PortHints;
import io.sallyport.api.dpi.Progress;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import java.util.Set;
import java.util.function.Function;

/**
 * A parser for a protocol of the tests: it recognises flows that begin with a word, and does with
 * them what the test says.
 */
final class Script implements ProtocolParser {
  private final Application application;
  private final String word;
  private final Function<Sink, Session> opener;
  private int[] ports = new int[0];

  Script(int id, String word, Function<Sink, Session> opener) {
    this.application = new Application(id, word);
    this.word = word;
    this.opener = opener;
  }

  /** One that takes all bytes and says nothing. */
  Script(int id, String word) {
    this(
        id,
        word,
        sink ->
            (direction, data) -> {
              data.consumeAll();
              return Progress.CONTINUE;
            });
  }

  Script hinting(int... newPorts) {
    ports = newPorts;
    return this;
  }

  @Override
  public Application application() {
    return application;
  }

  @Override
  public Set<Transport> transports() {
    return Set.of(Transport.TCP, Transport.UDP);
  }

  @Override
  public PortHints hints() {
    return PortHints.ports(ports);
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (!head.mayStartWith(word)) {
      return Match.NO;
    }
    return head.startsWith(word) ? Match.YES : Match.MORE;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return opener.apply(sink);
  }
}
