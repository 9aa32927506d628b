/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.redis.internal;

import io.sallyport.api.dpi.Application;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.dpi.Bytes;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Flow;
import io.sallyport.api.dpi.Match;
import io.sallyport.api.dpi.PortHints;
import io.sallyport.api.dpi.ProtocolParser;
import io.sallyport.api.dpi.Session;
import io.sallyport.api.dpi.Sink;
import org.osgi.service.component.annotations.Component;

/**
 * Redis (RESP2 and RESP3, inline commands, publish and subscribe, replication). Requests give
 * {@code command}, {@code key} or {@code channel}, {@code database}, {@code user}, and {@code
 * arguments} of commands that carry no values; responses {@code error}, {@code status} or {@code
 * reply} (its type); what the server says unasked {@code event} and {@code channel}. Stored values
 * and passwords are never kept.
 */
@Component
public final class RedisParser implements ProtocolParser {
  private static final PortHints HINTS = PortHints.ports(6379, 6380, 16_379, 26_379);

  @Override
  public Application application() {
    return Applications.REDIS;
  }

  @Override
  public PortHints hints() {
    return HINTS;
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (!flow.midStream()) {
      return direction == Direction.TO_SERVER ? Resp.command(head, 0) : Resp.reply(head, 0);
    }
    Match command = Resp.command(head, 0);
    Match reply = Resp.reply(head, 0);
    if (command == Match.YES || reply == Match.YES) {
      return Match.YES;
    }
    return command == Match.MORE || reply == Match.MORE ? Match.MORE : Match.NO;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new RedisSession(flow, sink);
  }
}
