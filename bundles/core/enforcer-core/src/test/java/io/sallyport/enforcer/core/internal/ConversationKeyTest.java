/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.dpi.Applications;
import io.sallyport.api.flow.Endpoint;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowState;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConversationKeyTest {
  private static final IpAddress OWN = IpAddress.parse("172.31.77.66");

  private static FlowRecord flow(String client, String server, int port) {
    return new FlowRecord(
        1,
        "w",
        Transport.UDP,
        17,
        new Endpoint(IpAddress.parse(client), 40_000),
        new Endpoint(IpAddress.parse(server), port),
        false,
        Applications.DNS,
        1,
        60,
        0,
        0,
        0,
        0,
        FlowState.OPENING,
        Map.of());
  }

  private static ConversationKey key(String client, String server, int port) {
    return Objects.requireNonNull(
        ConversationKey.of(flow(client, server, port), Set.of(OWN)), "a conversation");
  }

  @Test
  void ofDockersResolverOnlyThePortThatWasAskedCounts() {
    assertThat(key("127.0.0.1", "127.0.0.11", 53).port()).isEqualTo(53);
    assertThat(ConversationKey.of(flow("127.0.0.1", "127.0.0.11", 52_658), Set.of(OWN))).isNull();
  }

  @Test
  void tellsWhoCalled() {
    assertThat(key("10.0.0.1", OWN.toString(), 53).ingress()).isTrue();
    assertThat(key(OWN.toString(), "10.0.0.1", 53).ingress()).isFalse();
  }
}
