/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A network namespace without a name, with lo up, that ends with the test whatever happens. */
public final class TestNetwork implements AutoCloseable {
  private final NetworkNamespace namespace;

  private TestNetwork(NetworkNamespace namespace) {
    this.namespace = namespace;
  }

  public static TestNetwork create() {
    assumeRoot();
    TestNetwork network = new TestNetwork(NetworkNamespace.create());
    network.run("ip", "link", "set", "lo", "up");
    return network;
  }

  public static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root: namespaces, sockets");
  }

  public NetworkNamespace namespace() {
    return namespace;
  }

  /** A path by which other programs find the namespace. */
  public Path path() {
    return Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/" + namespace.fd().number());
  }

  /** Runs a program inside the namespace and gives what it printed. */
  public String run(String... command) {
    return namespace.call(() -> execute(command));
  }

  /** Runs a program in the namespace of this thread and gives what it printed. */
  public static String execute(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      byte[] output = process.getInputStream().readAllBytes();
      String text = new String(output, StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s: %s", List.of(command), text).isZero();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    namespace.close();
  }
}
