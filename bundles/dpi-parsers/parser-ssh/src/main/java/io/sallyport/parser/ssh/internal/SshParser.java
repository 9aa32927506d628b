/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.parser.ssh.internal;

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
 * SSH, by the identification that both sides begin with (RFC 4253, 4.2). A server may say other
 * lines of text before its own.
 */
@Component
public final class SshParser implements ProtocolParser {
  static final String IDENTIFICATION = "SSH-";

  @Override
  public Application application() {
    return Applications.SSH;
  }

  @Override
  public PortHints hints() {
    return PortHints.ports(22, 2222);
  }

  @Override
  public Match identify(Flow flow, Direction direction, Bytes head) {
    int line = 0;
    while (!isIdentification(head, line)) {
      int end = head.indexOf('\n', line);
      boolean text = head.u8(line) >= ' ' && head.u8(line) < 0x7f;
      if (end < 0) {
        return mayBecome(direction, head, line, text) ? Match.MORE : Match.NO;
      }
      if (direction == Direction.TO_SERVER || !text) {
        return Match.NO;
      }
      line = end + 1;
    }
    return Match.YES;
  }

  /** Whether an unfinished line may still be an identification, or text before it. */
  private static boolean mayBecome(Direction direction, Bytes head, int line, boolean text) {
    int count = head.length() - line;
    if (head.at(line, IDENTIFICATION.substring(0, Math.min(count, IDENTIFICATION.length())))) {
      return count < IDENTIFICATION.length() + 2;
    }
    return direction == Direction.TO_CLIENT && text;
  }

  /** {@code SSH-}, one digit, a dot. */
  private static boolean isIdentification(Bytes head, int line) {
    int digit = head.u8(line + 4);
    return head.at(line, IDENTIFICATION) && digit >= '1' && digit <= '9' && head.at(line + 5, ".");
  }

  @Override
  public Session open(Flow flow, Sink sink) {
    return new SshSession(sink);
  }
}
