/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.dns.internal;

import io.sallyport.api.common.Transport;
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
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * DNS over UDP and TCP (RFC 1035). Requests give {@code query} and {@code type}, and {@code opcode}
 * where it is not a plain query; responses also {@code rcode}, each {@code answer} (an address, a
 * name, a text), and where there is none the {@code authority}.
 *
 * <p>Multicast DNS and LLMNR speak the same format but are other applications; what tells them
 * apart is their registered port, 5353 and 5355, and nothing in the bytes. A flow that fetches a
 * certificate of DNSCrypt is that protocol's.
 */
@Component
public final class DnsParser implements ProtocolParser {
  private static final Set<Transport> TRANSPORTS = Set.of(Transport.UDP, Transport.TCP);
  private static final PortHints HINTS = PortHints.ports(53);
  private static final PortHints KIN = PortHints.ports(137, 5353, 5355);

  @Override
  public Application application() {
    return Applications.DNS;
  }

  @Override
  public Set<Transport> transports() {
    return TRANSPORTS;
  }

  @Override
  public PortHints hints() {
    return HINTS;
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    if (KIN.contains(flow.serverPort()) || KIN.contains(flow.clientPort())) {
      return Match.NO;
    }
    if (flow.transport() == Transport.UDP) {
      return new DnsMessage(head, 0, head.length()).checkDamaged();
    }
    int length = head.u16(0);
    if (length < 0) {
      return Match.MORE;
    }
    return length <= Header.LENGTH ? Match.NO : new DnsMessage(head, 2, length).check();
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return flow.transport() == Transport.UDP ? new DatagramSession(sink) : new StreamSession(sink);
  }
}
