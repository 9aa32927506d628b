/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node of the all-in-one distribution: unpacked into a folder of this test run, with its own
 * home, ports and container runtimes. The archive is what the system property {@code
 * sallyport.all-in-one} names, or what the build has made. Not for several threads.
 */
public final class AllInOne implements AutoCloseable {
  /** The system property that names the archive. */
  public static final String ARCHIVE = "sallyport.all-in-one";

  /** For a busy machine; a quiet one needs a tenth. */
  private static final Duration START = Duration.ofMinutes(4);

  private static final Duration STOP = Duration.ofSeconds(40);

  private final Path home = TestRun.current().newFolder("home");
  private final Path node = home.resolve("node");
  private final int port = freePort();
  private final int sshPort = freePort();
  private final RestClient rest = new RestClient(URI.create("https://127.0.0.1:" + port));
  private @Nullable BackgroundProcess process;
  private String password = "";

  /** A node that is unpacked and not started. */
  public AllInOne() {
    try {
      Files.createDirectories(node);
    } catch (IOException e) {
      throw new HarnessException("cannot make " + node, e);
    }
    Command.of("tar", "-x", "-z", "--no-same-owner", "--strip-components=1")
        .with("-f", archive().toString(), "-C", node.toString())
        .run()
        .orThrow();
    set("io.sallyport.rest", "port", Integer.toString(port));
    set("org.apache.karaf.shell", "sshPort", Integer.toString(sshPort));
    // Containers of other tests are none of its business, unless it is told of them.
    set("io.sallyport.workloads.docker", "sockets", home.resolve("no-docker").toString());
    set("io.sallyport.workloads.containerd", "sockets", home.resolve("no-containerd").toString());
  }

  /** Lets it watch this test run's docker and containerd. */
  public AllInOne watching(ContainerRuntime runtime) {
    set("io.sallyport.workloads.docker", "sockets", runtime.dockerSocket().toString());
    set("io.sallyport.workloads.containerd", "sockets", runtime.containerdSocket().toString());
    return this;
  }

  /** Sets a property of a configuration file {@code etc/<pid>.cfg}; the last one counts. */
  public AllInOne set(String pid, String key, String value) {
    Path file = node.resolve("etc").resolve(pid + ".cfg");
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      Stream<String> others =
          lines.stream().filter(line -> !line.matches("\\s*\\Q" + key + "\\E\\s*=.*"));
      Files.write(file, Stream.concat(others, Stream.of(key + " = " + value)).toList());
      return this;
    } catch (IOException e) {
      throw new HarnessException("cannot write " + file, e);
    }
  }

  /**
   * Starts it, waits until it is ready, and logs in.
   *
   * @throws HarnessException when it ends or is not ready in time, with the end of its log
   */
  public AllInOne start() {
    BackgroundProcess started =
        Command.of(node.resolve("bin/sallyport-node").toString())
            .env("SALLYPORT_HOME", home.toString())
            .env("SALLYPORT_NODE_DIR", node.toString())
            .env("JAVA_HOME", System.getProperty("java.home"))
            .start(home.resolve("output"));
    process = started;
    try {
      Await.until("the node", START, () -> ready() || !started.alive());
    } catch (HarnessException e) {
      throw new HarnessException(e.getMessage() + "\n" + logTail(40), e);
    }
    if (!started.alive()) {
      throw new HarnessException("the node has ended at once:\n" + started.tail(20) + logTail(40));
    }
    if (password.isEmpty()) {
      password = read(home.resolve("initial-password"));
    }
    rest.login("admin", password);
    return this;
  }

  /** Whether its health says that it is ready. */
  public boolean ready() {
    try {
      return rest.send("GET", "/health", BodyPublishers.noBody()).statusCode() == 200;
    } catch (HarnessException e) {
      return false;
    }
  }

  /** Its REST API, as admin. */
  public RestClient rest() {
    return rest;
  }

  /** The password that it made up at its first start. */
  public String password() {
    return password;
  }

  /** {@code SALLYPORT_HOME}. */
  public Path home() {
    return home;
  }

  /** The folder with etc, data and deploy. */
  public Path folder() {
    return node;
  }

  /** Its process id. */
  public long pid() {
    return running().pid();
  }

  /** A command of its shell, over ssh, as its owner. */
  public Result shell(String command) {
    return shellCommand(command).run();
  }

  /** The same, not run yet; for one that follows something until it is ended. */
  public Command shellCommand(String command) {
    return Command.of("ssh", "-q", "-p", Integer.toString(sshPort))
        .with("-i", node.resolve("etc/shell.key").toString(), "-oIdentitiesOnly=yes")
        .with("-oStrictHostKeyChecking=no", "-oUserKnownHostsFile=/dev/null")
        .with("root@127.0.0.1", command);
  }

  /** Puts a plugin into {@code deploy/}, in one step; answers where it is now. */
  public Path deploy(Path jar) {
    Path name = jar.getFileName();
    if (name == null) {
      throw new HarnessException(jar + " is no file");
    }
    Path target = node.resolve("deploy").resolve(name);
    try {
      Path beside = Files.copy(jar, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      return Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new HarnessException("cannot deploy " + jar, e);
    }
  }

  /** Takes a plugin out of {@code deploy/} again. */
  public void undeploy(Path deployed) {
    try {
      Files.delete(deployed);
    } catch (IOException e) {
      throw new HarnessException("cannot remove " + deployed, e);
    }
  }

  /** The last lines of its log. */
  public String logTail(int lines) {
    return BackgroundProcess.tail(node.resolve("data/log/karaf.log"), lines);
  }

  /** Ends it with signal 9; {@link #start} starts it again. */
  public void kill() {
    running().kill();
  }

  /** Ends it as a service manager would, and starts it again. */
  public void restart() {
    stop();
    start();
  }

  private void stop() {
    BackgroundProcess current = running();
    if (!current.terminate(STOP)) {
      current.kill();
    }
  }

  private BackgroundProcess running() {
    if (process == null) {
      throw new HarnessException("the node was not started");
    }
    return process;
  }

  private static Path archive() {
    String named = System.getProperty(ARCHIVE, "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    Path folder = Repository.root().resolve("distribution/all-in-one/target");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tar.gz"))
          .findFirst()
          .orElseThrow(() -> new HarnessException("no archive in " + folder + "; build it first"));
    } catch (IOException e) {
      throw new HarnessException("no archive: build distribution/all-in-one first", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new HarnessException("no free port", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new HarnessException("cannot read " + file, e);
    }
  }

  @Override
  public void close() {
    rest.close();
    if (process != null && process.alive()) {
      stop();
    }
  }
}
