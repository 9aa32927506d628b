/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Containers of the test run's own containerd, without docker, in one of its namespaces. */
public final class Containerd implements ContainerEngine {
  private static final class Holder {
    static final Containerd SHARED = new Containerd(ContainerRuntime.shared(), "default");
  }

  private final ContainerRuntime runtime;
  private final String namespace;
  private final ConcurrentMap<String, Boolean> images = new ConcurrentHashMap<>();

  private Containerd(ContainerRuntime runtime, String namespace) {
    this.runtime = runtime;
    this.namespace = namespace;
  }

  /** The one of this JVM, in the namespace {@code default}. */
  public static Containerd shared() {
    return Holder.SHARED;
  }

  /** The same daemon, another namespace. */
  public Containerd namespace(String other) {
    return new Containerd(runtime, other);
  }

  /** The socket of its API. */
  public Path socket() {
    return runtime.containerdSocket();
  }

  /** The {@code ctr} command, for this daemon and namespace. */
  public Command ctr(String... words) {
    return Command.of("ctr", "-a", socket().toString(), "-n", namespace).with(words);
  }

  /** Makes an image available in this namespace. */
  public void load(String image) {
    images.computeIfAbsent(
        image,
        name -> {
          Images.importIntoContainerd(name, socket(), namespace);
          return true;
        });
  }

  @Override
  public Container start(ContainerSpec spec) {
    load(spec.image());
    String id = spec.nameOr(TestRun.current().newName());
    List<String> words = new ArrayList<>(List.of("run", "-d", "--log-uri", "file://" + logOf(id)));
    spec.host().ifPresent(host -> words.addAll(List.of("--with-ns", "network:" + host.path())));
    spec.labels().forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
    spec.environment().forEach(variable -> words.addAll(List.of("--env", variable)));
    words.addAll(spec.options());
    words.add("docker.io/" + Images.reference(spec.image()));
    words.add(id);
    words.addAll(spec.command());
    ctr(words.toArray(String[]::new)).run().orThrow();
    return new Container(this, id, id, pid(id), spec.host().map(Host::address).orElse(""));
  }

  private long pid(String id) {
    return ctr("task", "ls")
        .output()
        .lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(fields -> fields[0].equals(id))
        .mapToLong(fields -> Long.parseLong(fields[1]))
        .findFirst()
        .orElseThrow(() -> new HarnessException("container " + id + " has ended at once"));
  }

  private static Path logOf(String id) {
    return TestRun.current().folder().resolve("ctr-" + id + ".log");
  }

  @Override
  public Command command(Container container, String... words) {
    return ctr("task", "exec", "--exec-id", TestRun.current().newName(), container.id())
        .with(words);
  }

  @Override
  public String log(Container container) {
    return BackgroundProcess.tail(logOf(container.id()), 1000);
  }

  @Override
  public void remove(Container container) {
    ctr("task", "kill", "-s", "SIGKILL", container.id()).run();
    Await.until(
        "the end of " + container,
        Duration.ofSeconds(20),
        () -> ctr("task", "delete", container.id()).run().succeeded() || !known(container));
    ctr("container", "delete", container.id()).run();
  }

  private boolean known(Container container) {
    return ctr("task", "ls", "-q").output().lines().anyMatch(container.id()::equals);
  }
}
