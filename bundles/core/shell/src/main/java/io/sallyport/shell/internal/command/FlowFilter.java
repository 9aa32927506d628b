/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.network.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Which flows are wanted: every condition must hold, and none of the exclusions. */
final class FlowFilter implements Predicate<FlowLine> {
  private final List<Predicate<FlowLine>> conditions = new ArrayList<>();

  FlowFilter from(String name, boolean not) {
    return add(name, not, line -> Peers.named(line.client(), name));
  }

  FlowFilter to(String name, boolean not) {
    return add(name, not, line -> Peers.named(line.server(), name));
  }

  FlowFilter group(String name, boolean not) {
    return add(name, not, line -> either(line, peer -> peer.group().equals(name)));
  }

  FlowFilter domain(String name, boolean not) {
    return add(name, not, line -> either(line, peer -> peer.domain().equals(name)));
  }

  FlowFilter application(String name, boolean not) {
    return add(name, not, line -> line.flow().application().toString().equalsIgnoreCase(name));
  }

  FlowFilter protocol(String name, boolean not) {
    return add(name, not, line -> line.flow().transport().name().equalsIgnoreCase(name));
  }

  /** Of client or server; 0 for any. */
  FlowFilter port(int port, boolean not) {
    return add(
        port == 0 ? "" : "port",
        not,
        line -> line.flow().server().port() == port || line.flow().client().port() == port);
  }

  private FlowFilter add(String given, boolean not, Predicate<FlowLine> condition) {
    if (!given.isEmpty()) {
      conditions.add(not ? condition.negate() : condition);
    }
    return this;
  }

  private static boolean either(FlowLine line, Predicate<Peer> condition) {
    return condition.test(line.client()) || condition.test(line.server());
  }

  @Override
  public boolean test(FlowLine line) {
    return conditions.stream().allMatch(condition -> condition.test(line));
  }
}
