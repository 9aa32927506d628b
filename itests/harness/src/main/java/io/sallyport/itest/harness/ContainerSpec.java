/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a container shall be, for any engine. Not for several threads. */
public final class ContainerSpec {
  private final String image;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private final List<String> environment = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private List<String> command = List.of();
  private @Nullable String name;
  private @Nullable Host host;
  private @Nullable String network;

  private ContainerSpec(String image) {
    this.image = image;
  }

  /** A container of an image in {@code demo/recipes}, such as {@code redis-server}. */
  public static ContainerSpec of(String image) {
    return new ContainerSpec(image);
  }

  /** Its name; made up unless said. */
  public ContainerSpec named(String chosen) {
    name = chosen;
    return this;
  }

  /** A label. */
  public ContainerSpec label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** The labels that compose sets, so that it is {@code nv.<service>.<project>}. */
  public ContainerSpec compose(String project, String service) {
    return label("com.docker.compose.project", project)
        .label("com.docker.compose.service", service)
        .label("com.docker.compose.container-number", "1");
  }

  /** A variable of its environment. */
  public ContainerSpec env(String key, String value) {
    environment.add(key + "=" + value);
    return this;
  }

  /** What it runs; what the image says unless said. */
  public ContainerSpec running(String... words) {
    command = List.of(words);
    return this;
  }

  /** Puts it into an existing network namespace (runc and containerd). */
  public ContainerSpec in(Host chosen) {
    host = chosen;
    return this;
  }

  /** Puts it into a network of docker; see {@link Docker#network}. */
  public ContainerSpec network(String chosen) {
    network = chosen;
    return this;
  }

  /** Further options of {@code docker run} or {@code ctr run}, before the image. */
  public ContainerSpec option(String... words) {
    options.addAll(List.of(words));
    return this;
  }

  String image() {
    return image;
  }

  String nameOr(String otherwise) {
    return name == null ? otherwise : name;
  }

  Map<String, String> labels() {
    return labels;
  }

  List<String> environment() {
    return environment;
  }

  List<String> options() {
    return options;
  }

  List<String> command() {
    return command;
  }

  Optional<Host> host() {
    return Optional.ofNullable(host);
  }

  Optional<String> network() {
    return Optional.ofNullable(network);
  }
}
