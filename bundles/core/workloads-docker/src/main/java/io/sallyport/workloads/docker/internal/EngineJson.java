/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.workloads.docker.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Transport;
import io.sallyport.api.workload.Container;
import io.sallyport.api.workload.PublishedPort;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the Engine API's answers; what is missing or odd is left out, never an error. */
final class EngineJson {
  private EngineJson() {}

  /** A container from {@code GET /containers/ID/json}, null when it does not run. */
  static @Nullable Container container(JsonNode node) {
    JsonNode state = node.path("State");
    int pid = state.path("Pid").asInt();
    String id = node.path("Id").asText();
    if (id.isEmpty() || pid <= 0 || !state.path("Running").asBoolean()) {
      return null;
    }
    String name = node.path("Name").asText();
    name = name.startsWith("/") ? name.substring(1) : name;
    Map<String, String> labels = new HashMap<>();
    for (Map.Entry<String, JsonNode> label : node.path("Config").path("Labels").properties()) {
      labels.put(label.getKey(), label.getValue().asText());
    }
    return new Container(
        id,
        name.isEmpty() ? id : name,
        node.path("Config").path("Image").asText(),
        node.path("Image").asText(),
        labels,
        pid,
        "docker",
        "",
        ports(node.path("NetworkSettings").path("Ports")),
        time(node.path("Created")),
        time(state.path("StartedAt")));
  }

  private static List<PublishedPort> ports(JsonNode ports) {
    List<PublishedPort> published = new ArrayList<>();
    for (Map.Entry<String, JsonNode> port : ports.properties()) {
      int slash = port.getKey().indexOf('/');
      Transport transport = transport(port.getKey().substring(slash + 1));
      int containerPort = number(port.getKey().substring(0, Math.max(0, slash)));
      for (JsonNode binding : port.getValue()) {
        int hostPort = number(binding.path("HostPort").asText());
        if (transport != null && containerPort > 0 && hostPort > 0) {
          published.add(
              new PublishedPort(
                  transport, address(binding.path("HostIp").asText()), hostPort, containerPort));
        }
      }
    }
    return published;
  }

  private static @Nullable Transport transport(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tcp" -> Transport.TCP;
      case "udp" -> Transport.UDP;
      case "sctp" -> Transport.SCTP;
      default -> null;
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The address a port is bound to; null for all of them. */
  private static @Nullable IpAddress address(String text) {
    if (text.isEmpty() || text.equals("0.0.0.0") || text.equals("::")) {
      return null;
    }
    try {
      return IpAddress.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Instant time(JsonNode node) {
    try {
      return Instant.parse(node.asText());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
