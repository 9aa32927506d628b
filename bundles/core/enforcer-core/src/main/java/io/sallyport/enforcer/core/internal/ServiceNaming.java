/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.workload.Container;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells which service and domain a container belongs to, from its labels and names alone. The first
 * rule that fits stands: our own labels, Kubernetes, compose, swarm, containerd, the plain name.
 * Kubernetes names are cut as NeuVector cuts them, so that its policies find the same groups.
 */
final class ServiceNaming {
  private static final String OWN_SERVICE = "io.sallyport.service";
  private static final String OWN_DOMAIN = "io.sallyport.domain";
  private static final int MAX_LENGTH = 200;
  private static final int SHORT_ID = 12;

  /** NeuVector takes these out of names, as they end up in addresses of its REST API. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

  private static final Pattern RESERVED = Pattern.compile("[/?%& ]");
  private static final Pattern REPLICA_SUFFIX = Pattern.compile("[-_]1$");
  private static final List<String> UNNAMED_CONTAINERD = List.of("", "default", "moby", "k8s.io");

  private ServiceNaming() {}

  /**
   * The service of a container.
   *
   * @param container the container; of a pod, the one whose labels tell most: its sandbox
   * @param node the name of the host, which Kubernetes puts into the names of static pods
   */
  static ServiceName of(Container container, String node) {
    Map<String, String> labels = container.labels();
    ServiceName found = byPlatform(container, node);
    String service = label(labels, OWN_SERVICE);
    String domain = label(labels, OWN_DOMAIN);
    service = clean(service.isEmpty() ? found.service() : service);
    domain = clean(domain.isEmpty() ? found.domain() : domain);
    if (service.isEmpty()) {
      String id = clean(container.id());
      service = id.substring(0, Math.min(SHORT_ID, id.length()));
    }
    return new ServiceName(service, domain);
  }

  private static ServiceName byPlatform(Container container, String node) {
    Map<String, String> labels = container.labels();
    String pod = label(labels, "io.kubernetes.pod.name");
    if (!pod.isEmpty()) {
      String namespace = label(labels, "io.kubernetes.pod.namespace");
      return new ServiceName(
          PodNaming.service(namespace, pod, node.toLowerCase(Locale.ROOT), labels), namespace);
    }
    String compose = label(labels, "com.docker.compose.service");
    if (!compose.isEmpty()) {
      return new ServiceName(compose, label(labels, "com.docker.compose.project"));
    }
    String swarm = label(labels, "com.docker.swarm.service.name");
    if (!swarm.isEmpty()) {
      return swarm(swarm, label(labels, "com.docker.stack.namespace"));
    }
    if (container.runtime().equals("containerd")) {
      String namespace = container.runtimeNamespace();
      return new ServiceName(
          container.name(), UNNAMED_CONTAINERD.contains(namespace) ? "" : namespace);
    }
    return new ServiceName(REPLICA_SUFFIX.matcher(container.name()).replaceFirst(""), "");
  }

  /** Docker names the services of a stack {@code <stack>_<service>}. */
  private static ServiceName swarm(String name, String stack) {
    String prefix = stack + "_";
    boolean prefixed =
        !stack.isEmpty() && name.startsWith(prefix) && name.length() > prefix.length();
    return new ServiceName(prefixed ? name.substring(prefix.length()) : name, stack);
  }

  static String label(Map<String, String> labels, String key) {
    return labels.getOrDefault(key, "").strip();
  }

  private static String clean(String name) {
    String cut = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
    return RESERVED.matcher(UNPRINTABLE.matcher(cut).replaceAll("")).replaceAll(":");
  }
}
