/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import io.sallyport.api.common.Transport;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Names one application protocol and reads it. A plugin: one class with {@code @Component}, one jar
 * in {@code deploy/}, and the next flows of every container are offered to it.
 *
 * <p>{@link #identify} is asked with the first bytes of a flow until one parser says {@link
 * Match#YES}; that one's {@link #open} makes the session that reads the flow. The parser itself is
 * shared by all threads and should have no state; a session belongs to one flow and is called by
 * one thread at a time.
 *
 * <p>Bytes are hostile. {@link Bytes} answers -1 beyond the end rather than throw; a parser that
 * throws nevertheless loses the flow, nothing else, and the error is counted against it. A parser
 * that does not return is abandoned within a second.
 */
@ConsumerType
public interface ProtocolParser {
  /** The application it names. Always the same answer. */
  Application application();

  /** The transports it speaks; TCP unless it says otherwise. */
  default Set<Transport> transports() {
    return Set.of(Transport.TCP);
  }

  /** Ports on which to ask it first. */
  default PortHints hints() {
    return PortHints.none();
  }

  /**
   * Whether the flow speaks this protocol, judged by its content.
   *
   * @param flow the endpoints
   * @param direction which way {@code head} went
   * @param head the first bytes of that direction, the same ones again with more behind them after
   *     {@link Match#MORE}; for UDP, one datagram
   */
  Match identify(Flow flow, Direction direction, Bytes head);

  /**
   * Begins to read a flow that {@link #identify} has recognised. The session gets both directions
   * from the first byte that was seen.
   */
  Session open(Flow flow, Sink sink);
}
