/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * dockerd and containerd of this test run, with folders, sockets and a bridge of their own; one
 * pair a JVM, started at the first use.
 */
public final class ContainerRuntime {
  private static final class Holder {
    static final ContainerRuntime SHARED = new ContainerRuntime();
  }

  private final Path folder = TestRun.current().folder().resolve("runtime");
  private final int number = freeNumber();
  private final AtomicInteger networks = new AtomicInteger();

  private ContainerRuntime() {
    Repository.script("runtime", "up", folder.toString())
        .with("-n", TestRun.current().tag(), "-s", "172.31." + number)
        .within(Duration.ofMinutes(3))
        .run()
        .orThrow();
    TestRun.current().onEnd(this::stop);
  }

  /** The pair of this JVM. */
  public static ContainerRuntime shared() {
    return Holder.SHARED;
  }

  /** The socket of the Docker Engine API. */
  public Path dockerSocket() {
    return folder.resolve("docker.sock");
  }

  /** The socket of the containerd API. */
  public Path containerdSocket() {
    return folder.resolve("containerd.sock");
  }

  /** A /24 that no other network of this run has. */
  String newSubnet() {
    return "10." + number + "." + networks.incrementAndGet() + ".0/24";
  }

  private void stop() {
    if (Files.isDirectory(folder)) {
      Repository.script("runtime", "down", folder.toString())
          .within(Duration.ofMinutes(2))
          .run()
          .orThrow();
    }
  }

  /** Two runs at once must not share a network. */
  private static int freeNumber() {
    int first = Math.toIntExact(ProcessHandle.current().pid() % 100);
    for (int i = 0; i < 100; i++) {
      int candidate = 100 + (first + i) % 100;
      if (!used("172.31." + candidate + ".")) {
        return candidate;
      }
    }
    throw new HarnessException("every network from 172.31.100.0/24 to 172.31.199.0/24 is in use");
  }

  private static boolean used(String prefix) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .anyMatch(address -> address.startsWith(prefix));
    } catch (SocketException e) {
      throw new HarnessException("cannot list the network interfaces", e);
    }
  }
}
