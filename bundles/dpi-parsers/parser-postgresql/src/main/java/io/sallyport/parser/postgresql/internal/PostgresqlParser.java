/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.postgresql.internal;

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
 * PostgreSQL, protocol version 3. Requests give {@code user}, {@code database}, {@code
 * application_name}, {@code query} (passwords in it masked), {@code statement} (a prepared one's
 * name), {@code command} (CANCEL); responses {@code command_tag}, {@code rows}, {@code severity},
 * {@code code}, {@code error}; notices {@code authentication}, {@code encryption}, {@code
 * server_version}, {@code notice}. Passwords, parameters and rows are never kept. Once the server
 * agrees to encryption, the flow stays PostgreSQL, inside TLS or GSS.
 */
@Component
public final class PostgresqlParser implements ProtocolParser {
  private static final PortHints HINTS = PortHints.ports(5432, 5433, 6432);

  @Override
  public Application application() {
    return Applications.POSTGRESQL;
  }

  @Override
  public PortHints hints() {
    return HINTS;
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (flow.midStream()) {
      return best(
          Frames.opening(head, 0),
          best(Frames.messages(head, 0, true), Frames.messages(head, 0, false)));
    }
    return direction == Direction.TO_SERVER
        ? Frames.opening(head, 0)
        : Frames.messages(head, 0, false);
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new PostgresqlSession(flow, sink);
  }

  private static Match best(Match one, Match other) {
    if (one == Match.YES || other == Match.YES) {
      return Match.YES;
    }
    return one == Match.MORE || other == Match.MORE ? Match.MORE : Match.NO;
  }
}
