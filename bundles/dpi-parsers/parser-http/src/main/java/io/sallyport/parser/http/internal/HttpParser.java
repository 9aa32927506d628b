/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.http.internal;

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
 * HTTP/1.x over TCP (RFC 9110, RFC 9112). Requests give {@code method}, {@code path}, {@code
 * version}, {@code host}, {@code user_agent}, {@code referer}, {@code content_type}, {@code
 * content_length}, {@code upgrade}, {@code client_ip} (X-Forwarded-For), {@code request_id}, {@code
 * trace_id}; responses {@code status}, {@code version}, {@code server}, {@code content_type},
 * {@code content_length}, {@code location}. Bodies, cookies and credentials are never kept.
 */
@Component
public final class HttpParser implements ProtocolParser {
  private static final PortHints HINTS =
      PortHints.ports(80, 81, 591, 3000, 3128, 8000, 8008, 8080, 8081, 8888);

  @Override
  public Application application() {
    return Applications.HTTP;
  }

  @Override
  public PortHints hints() {
    return HINTS;
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    int from = 0;
    while (head.u8(from) == '\r' || head.u8(from) == '\n') {
      from++; // a line break that some clients send behind a body
    }
    Match request = StartLine.request(head, from);
    Match response = StartLine.response(head, from);
    boolean expected = direction == Direction.TO_SERVER;
    if (!flow.midStream()) {
      return expected ? request : response;
    }
    if (request == Match.YES || response == Match.YES) {
      return Match.YES;
    }
    return request == Match.MORE || response == Match.MORE ? Match.MORE : Match.NO;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new HttpSession(sink);
  }
}
