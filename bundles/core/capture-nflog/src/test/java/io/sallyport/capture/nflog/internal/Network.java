/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.nflog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.kernel.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A network namespace without a name, with its loopback up, that ends with the test. */
final class Network implements AutoCloseable {
  /** A connection that has been. */
  record Transfer(int clientPort, int serverPort, int protocol) {}

  private final NetworkNamespace namespace;

  Network() {
    assumeTrue("root".equals(System.getProperty("user.name")), "SKIPPED: needs root");
    namespace = NetworkNamespace.create();
    run("ip", "link", "set", "lo", "up");
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  String path() {
    return "/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd().number();
  }

  CaptureTarget target(long fullBytes) {
    return new CaptureTarget(path(), "the test", fullBytes);
  }

  /** A wire between this and another, each with an IPv4 and an IPv6 address: 10.7.N.1 and .2. */
  void connect(Network other, int number) {
    String here = "here" + number;
    String there = "there" + number;
    run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", other.path());
    address(here, number, 1);
    other.address(there, number, 2);
  }

  private void address(String link, int number, int host) {
    run("ip", "address", "add", "10.7." + number + "." + host + "/24", "dev", link);
    run("ip", "address", "add", "fd00:" + number + "::" + host + "/64", "dev", link, "nodad");
    run("ip", "link", "set", link, "up");
  }

  /** Runs a program inside and gives what it printed. */
  String run(String... command) {
    return namespace.call(
        () -> {
          try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), text).isZero();
            return text;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  /** Sends so many bytes to a server here, from a client there, until all have arrived. */
  Transfer receive(Network client, String address, int bytes) throws Exception {
    InetAddress at = InetAddress.ofLiteral(address);
    try (ServerSocket server = namespace.call(() -> new ServerSocket(0, 1, at))) {
      CompletableFuture<Integer> received = CompletableFuture.supplyAsync(() -> drain(server));
      int clientPort;
      try (Socket socket = client.namespace.call(() -> new Socket(at, server.getLocalPort()))) {
        clientPort = socket.getLocalPort();
        OutputStream out = socket.getOutputStream();
        out.write(new byte[bytes]);
      }
      assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo(bytes);
      return new Transfer(clientPort, server.getLocalPort(), 6);
    }
  }

  private static int drain(ServerSocket server) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream()) {
      return in.readAllBytes().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    namespace.close();
  }
}
