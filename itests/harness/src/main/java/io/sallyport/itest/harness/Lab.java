/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own: machines on one switch, apart from this machine and from every other lab.
 * IPv4 {@code 10.200.0.n/24} and IPv6 {@code fd77::n/64}. Not for several threads.
 */
public final class Lab implements AutoCloseable {
  private static final Duration SERVER_START = Duration.ofMinutes(2);
  private static final int SWITCH_ADDRESS = 254;

  private final Runc runc = Runc.shared();
  private final String lan = TestRun.current().newName();
  private final List<String> namespaces = new ArrayList<>();
  private final List<Container> containers = new ArrayList<>();

  /** A lab without machines. */
  public Lab() {
    addNamespace(lan);
    ip("-n", lan, "link", "add", "lan", "type", "bridge");
    address(lan, "lan", SWITCH_ADDRESS);
  }

  /** A new machine. */
  public Host host() {
    String name = TestRun.current().newName();
    int number = namespaces.size();
    if (number >= SWITCH_ADDRESS) {
      throw new HarnessException("a lab has at most " + (SWITCH_ADDRESS - 1) + " machines");
    }
    addNamespace(name);
    String port = "port" + number;
    ip("link", "add", port, "netns", lan, "type", "veth", "peer", "name", "eth0", "netns", name);
    ip("-n", lan, "link", "set", port, "master", "lan", "up");
    address(name, "eth0", number);
    return new Host(name, "10.200.0." + number, "fd77::" + number);
  }

  /** A container on a new machine, by plain runc. */
  public Container container(ContainerSpec spec) {
    return container(runc, spec.in(host()));
  }

  /** A container by an engine; in the machine that the description names. */
  public Container container(ContainerEngine engine, ContainerSpec spec) {
    Container container = engine.start(spec);
    containers.add(container);
    return container;
  }

  /** A real server on a new machine, ready for its first client. */
  public Server server(ServerKind kind) {
    Server server = new Server(kind, container(ContainerSpec.of(kind.image())));
    try {
      Await.until(
          kind + " on port " + kind.port(), SERVER_START, () -> accepts(server) || dead(server));
    } catch (HarnessException e) {
      throw new HarnessException(e.getMessage() + "\n" + server.container().log(), e);
    }
    return server;
  }

  private boolean accepts(Server server) {
    return Command.of("ip", "netns", "exec", lan, "bash", "-c")
        .with("exec 3<>/dev/tcp/" + server.address() + "/" + server.port())
        .run()
        .succeeded();
  }

  private static boolean dead(Server server) {
    if (!server.container().alive()) {
      throw new HarnessException(server.kind() + " has ended at once");
    }
    return false;
  }

  /** A new machine with a client for each kind of server. */
  public Client client() {
    return new Client(container(ContainerSpec.of("client")));
  }

  private void addNamespace(String name) {
    ip("netns", "add", name);
    namespaces.add(name);
    ip("-n", name, "link", "set", "lo", "up");
  }

  private static void address(String namespace, String link, int number) {
    ip("-n", namespace, "addr", "add", "10.200.0." + number + "/24", "dev", link);
    // Without duplicate address detection the address can be used at once.
    ip("-n", namespace, "addr", "add", "fd77::" + number + "/64", "dev", link, "nodad");
    ip("-n", namespace, "link", "set", link, "up");
  }

  private static void ip(String... words) {
    Command.of("ip").with(words).run().orThrow();
  }

  @Override
  public void close() {
    containers.reversed().forEach(Container::close);
    containers.clear();
    namespaces.reversed().forEach(name -> Command.of("ip", "netns", "delete", name).run());
    namespaces.clear();
  }
}
