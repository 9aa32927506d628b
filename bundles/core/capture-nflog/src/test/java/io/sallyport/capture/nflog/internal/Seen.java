/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.LinkType;
import io.sallyport.kernel.Fd;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What was handed out of the connections to one port. */
final class Seen {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final int port;
  private final long began = System.currentTimeMillis() * 1_000_000;
  long packets;
  long payload;
  long capturedPayload;
  int syn;
  int fin;

  Seen(int port) {
    this.port = port;
  }

  void packet(MemorySegment memory, long offset, int captured, int wire, int link, long nanos) {
    assertThat(link).isEqualTo(LinkType.RAW);
    assertThat(captured).isLessThanOrEqualTo(wire);
    assertThat(nanos).isGreaterThanOrEqualTo(began);
    boolean v4 = memory.get(ValueLayout.JAVA_BYTE, offset) >> 4 == 4;
    int ip = v4 ? 20 : 40;
    int protocol = memory.get(ValueLayout.JAVA_BYTE, offset + (v4 ? 9 : 6));
    if (protocol != TCP && protocol != UDP) {
      return;
    }
    int source = Short.toUnsignedInt(memory.get(SHORT, offset + ip));
    int destination = Short.toUnsignedInt(memory.get(SHORT, offset + ip + 2));
    if (source != port && destination != port) {
      return;
    }
    packets++;
    int transport = 8;
    if (protocol == TCP) {
      transport = (memory.get(ValueLayout.JAVA_BYTE, offset + ip + 12) >> 4 & 0xf) * 4;
      int flags = memory.get(ValueLayout.JAVA_BYTE, offset + ip + 13);
      syn += flags >> 1 & 1;
      fin += flags & 1;
    }
    payload += wire - ip - transport;
    capturedPayload += captured - ip - transport;
  }

  /** Reads until the connection's end has been seen from both sides. */
  static Seen untilEnd(Capture capture, int port, int limit) {
    Seen seen = new Seen(port);
    for (int i = 0; i < 2_000 && seen.fin < 2; i++) {
      if (capture.poll(seen::packet, limit) == 0) {
        Fd.own(capture.fileDescriptor()).poll(Fd.POLLIN, 20);
      }
    }
    return seen;
  }
}
