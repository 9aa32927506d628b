/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.mysql.internal;

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
 * MySQL's client/server protocol, MariaDB's too. The server speaks first; a connection that is met
 * later is known by its commands.
 */
@Component
public final class MysqlParser implements ProtocolParser {
  @Override
  public Application application() {
    return Applications.MYSQL;
  }

  @Override
  public PortHints hints() {
    return PortHints.ports(3306, 3307, 33060);
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (head.length() < Packet.HEADER + 1) {
      return Match.MORE;
    }
    if (direction == Direction.TO_CLIENT) {
      return flow.midStream() ? Opening.ofServerMidStream(head) : Opening.ofServer(head);
    }
    return Opening.ofClient(head);
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new MysqlSession(sink);
  }
}
