/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import io.sallyport.rest.internal.nv.NodeStructs.RestAgent;
import io.sallyport.rest.internal.nv.NodeStructs.RestController;
import io.sallyport.rest.internal.nv.NodeStructs.RestHost;
import io.sallyport.rest.internal.nv.NodeStructs.RestSystemSummary;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestScanBrief;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Hosts, enforcers, the controller and the whole in NeuVector's shape. */
public final class NodeMapper {
  private static final String CONNECTED = "connected";

  private final Picture picture;

  /** Of what the picture shows. */
  public NodeMapper(Picture picture) {
    this.picture = picture;
  }

  /** A host. */
  public RestHost host(NetworkModel.Node node) {
    NodeInfo info = node.info();
    Group nodes = picture.group("nodes");
    return new RestHost(
        info.name(),
        info.id(),
        info.platform(),
        "",
        "",
        info.platform(),
        info.os(),
        info.kernel(),
        info.cpus(),
        info.memory(),
        0,
        node.workloads(),
        (int)
            picture.workloads().stream()
                .filter(workload -> workload.nodeId().equals(info.id()))
                .filter(picture::parent)
                .count(),
        Texts.interfaces(info.addresses()),
        node.connected() ? CONNECTED : "disconnected",
        false,
        false,
        nodes == null ? "" : nodes.policyMode().label(),
        nodes == null ? "" : nodes.profileMode().label(),
        RestScanBrief.NONE,
        "",
        Map.of(),
        Map.of());
  }

  /** The enforcer of a host. */
  public RestAgent enforcer(NetworkModel.Node node) {
    NodeInfo info = node.info();
    return new RestAgent(
        info.id(),
        info.name(),
        info.name(),
        info.name(),
        info.id(),
        info.version(),
        Map.of(),
        "",
        "",
        "",
        "",
        "",
        Texts.time(node.firstHeard()),
        0,
        "",
        info.addresses().isEmpty() ? "" : info.addresses().getFirst().toString(),
        node.connected() ? CONNECTED : "disconnected",
        node.connected() ? "" : Texts.time(node.lastHeard()),
        false);
  }

  /** This controller. */
  public RestController controller(String host, String version, Instant started) {
    String hostId =
        picture.nodes().stream()
            .filter(node -> node.info().name().equals(host))
            .map(node -> node.info().id())
            .findFirst()
            .orElse("");
    return new RestController(
        host,
        host,
        host,
        host,
        hostId,
        version,
        Map.of(),
        "",
        "",
        Texts.time(started),
        Texts.time(started),
        0,
        "",
        "",
        true,
        CONNECTED,
        "",
        "",
        "",
        false);
  }

  /** The whole. */
  public RestSystemSummary summary(String version) {
    List<NetworkModel.Node> nodes = picture.nodes();
    int connected = (int) nodes.stream().filter(NetworkModel.Node::connected).count();
    TreeSet<String> versions = new TreeSet<>(List.of(version));
    nodes.forEach(node -> versions.add(node.info().version()));
    List<Workload> workloads = picture.workloads();
    return new RestSystemSummary(
        nodes.size(),
        1,
        nodes.size(),
        nodes.size() - connected,
        (int) workloads.stream().map(Workload::domain).filter(d -> !d.isEmpty()).distinct().count(),
        workloads.size(),
        workloads.size(),
        (int) workloads.stream().filter(picture::parent).count(),
        (int) picture.groups().stream().filter(Group::learned).count(),
        0,
        0,
        nodes.stream()
            .map(node -> node.info().platform())
            .filter(platform -> !platform.isEmpty())
            .distinct()
            .collect(Collectors.joining(", ")),
        "",
        "",
        // Clients read it as a number; there is no vulnerability database yet.
        "0",
        "",
        List.copyOf(versions));
  }
}
