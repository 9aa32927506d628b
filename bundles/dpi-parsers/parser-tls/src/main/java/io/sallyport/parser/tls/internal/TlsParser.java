/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.tls.internal;

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
 * TLS, and SSL before it: what both sides say in the clear before they encrypt (RFC 8446, 5246).
 */
@Component
public final class TlsParser implements ProtocolParser {
  private final ListHashes hashes = new ListHashes();

  @Override
  public Application application() {
    return Applications.SSL;
  }

  @Override
  public PortHints hints() {
    return PortHints.ports(443, 465, 563, 636, 853, 989, 990, 993, 995, 5061, 6443, 8443, 9443);
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    Match version2 = TlsRecord.version2(head);
    return version2 == Match.NO ? TlsRecord.identify(head) : version2;
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new TlsSession(sink, hashes);
  }
}
