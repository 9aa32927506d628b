/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Containers of the test run's own dockerd. For any thread. */
public final class Docker implements ContainerEngine {
  private static final class Holder {
    static final Docker SHARED = new Docker(ContainerRuntime.shared());
  }

  private final ContainerRuntime runtime;
  private final String host;
  private final ConcurrentMap<String, Boolean> images = new ConcurrentHashMap<>();

  private Docker(ContainerRuntime runtime) {
    this.runtime = runtime;
    this.host = "unix://" + runtime.dockerSocket();
  }

  /** The one of this JVM. */
  public static Docker shared() {
    return Holder.SHARED;
  }

  /** The socket of its API. */
  public Path socket() {
    return runtime.dockerSocket();
  }

  /** The {@code docker} command, for this daemon. */
  public Command docker(String... words) {
    return Command.of("docker").with(words).env("DOCKER_HOST", host);
  }

  /** Makes a network with name resolution, and answers its name. */
  public String network() {
    String name = TestRun.current().newName();
    docker("network", "create", "--subnet", runtime.newSubnet())
        .with("-o", "com.docker.network.bridge.name=" + name, name)
        .run()
        .orThrow();
    return name;
  }

  /** Makes an image available to the daemon. */
  public void load(String image) {
    images.computeIfAbsent(
        image,
        name -> {
          Images.loadIntoDocker(name, host);
          return true;
        });
  }

  @Override
  public Container start(ContainerSpec spec) {
    load(spec.image());
    String name = spec.nameOr(TestRun.current().newName());
    List<String> words = new ArrayList<>(List.of("run", "-d", "--name", name, "--hostname", name));
    spec.network().ifPresent(network -> words.addAll(List.of("--network", network)));
    spec.labels().forEach((key, value) -> words.addAll(List.of("--label", key + "=" + value)));
    spec.environment().forEach(variable -> words.addAll(List.of("-e", variable)));
    words.addAll(spec.options());
    words.add(Images.reference(spec.image()));
    words.addAll(spec.command());
    String id = docker(words.toArray(String[]::new)).output();
    String[] state =
        docker("inspect", "-f")
            .with("{{.State.Pid}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", id)
            .output()
            .split(" ", -1);
    String address = state.length > 1 ? state[1] : "";
    return new Container(this, id, name, Long.parseLong(state[0]), address);
  }

  @Override
  public Command command(Container container, String... words) {
    return docker("exec", container.id()).with(words);
  }

  @Override
  public String log(Container container) {
    Result result = docker("logs", container.id()).run();
    return result.out() + result.err();
  }

  @Override
  public void remove(Container container) {
    // An absent container is what is wanted: docker rm -f says so and succeeds.
    docker("rm", "-f", "-v", container.id()).run().orThrow();
  }
}
