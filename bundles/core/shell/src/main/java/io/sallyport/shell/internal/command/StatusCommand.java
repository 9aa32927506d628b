/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.DataplaneStatus.Backend;
import io.sallyport.api.flow.DataplaneStatus.Counter;
import io.sallyport.api.flow.DataplaneStatus.OpenCapture;
import io.sallyport.api.link.SourceStatus;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import io.sallyport.shell.internal.output.Section;
import io.sallyport.shell.internal.output.Texts;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:status}. */
@Service
@Command(
    scope = "sp",
    name = "status",
    description = "Nodes, where they look for containers, how they capture, what was dropped")
public class StatusCommand extends SpCommand {
  private static final List<Column<NetworkModel.Node>> NODES =
      List.of(
          Column.text("NODE", node -> node.info().name()),
          Column.text("STATE", node -> node.connected() ? "connected" : "disconnected"),
          Column.count("CONTAINERS", node -> (long) node.workloads()),
          Column.number("HEARD", NetworkModel.Node::lastHeard, Texts::ago),
          Column.text("PLATFORM", node -> node.info().platform()),
          Column.<NetworkModel.Node>text("ID", node -> node.info().id()).onlyWide(),
          Column.<NetworkModel.Node>text("KERNEL", node -> node.info().kernel()).onlyWide(),
          Column.<NetworkModel.Node>text("OS", node -> node.info().os()).onlyWide(),
          Column.<NetworkModel.Node>text("VERSION", node -> node.info().version()).onlyWide());
  private static final List<Column<On<SourceStatus>>> SOURCES =
      List.of(
          Column.text("NODE", On::node),
          Column.text("RUNTIME", on -> on.what().runtime()),
          Column.text("ENDPOINT", on -> on.what().endpoint()),
          Column.text("STATE", on -> on.what().connected() ? "watched" : "not watched"),
          Column.count("CONTAINERS", on -> (long) on.what().containers()),
          Column.text("PROBLEM", on -> on.what().problem()));
  private static final List<Column<On<Backend>>> BACKENDS =
      List.of(
          Column.text("NODE", On::node),
          Column.text("CAPTURE", on -> on.what().name()),
          Column.text("STATE", on -> state(on.what())),
          Column.text("DETAIL", on -> on.what().detail()));
  private static final List<Column<On<OpenCapture>>> CAPTURES =
      List.of(
          Column.text("NODE", On::node),
          Column.text("CONTAINER", on -> shortId(on.what().workloadId())),
          Column.text("CAPTURE", on -> on.what().backend()),
          Column.count("PACKETS", on -> on.what().statistics().packets()),
          Column.count("DROPPED", on -> on.what().statistics().dropped()),
          Column.<On<OpenCapture>>count("OMITTED", on -> on.what().statistics().omitted())
              .onlyWide(),
          Column.text("PROBLEM", on -> on.what().problem()));
  private static final List<Column<On<Counter>>> COUNTERS =
      List.of(
          Column.text("NODE", On::node),
          Column.text("COUNTER", on -> on.what().name()),
          Column.count("VALUE", on -> on.what().value()),
          Column.text("MEANING", on -> on.what().help()));

  /** Something on a node. */
  private record On<T>(String node, T what) {}

  @Override
  void run(Services found, Session current, Output out) {
    NetworkModel model = found.find(NetworkModel.class);
    if (model == null) {
      local(found, out);
      return;
    }
    List<On<SourceStatus>> sources = new ArrayList<>();
    List<On<DataplaneStatus>> dataplanes = new ArrayList<>();
    for (NetworkModel.Node node : model.nodes()) {
      String name = node.info().name();
      node.status().sources().forEach(source -> sources.add(new On<>(name, source)));
      dataplanes.add(new On<>(name, node.status().dataplane()));
    }
    List<On<Counter>> own =
        model.counters().stream().map(counter -> new On<>("controller", counter)).toList();
    List<Section<?>> sections = new ArrayList<>();
    sections.add(new Section<>("Nodes", NODES, model.nodes()));
    sections.add(new Section<>("Sources", SOURCES, sources));
    sections.addAll(datapath(dataplanes, own));
    if (model.nodes().isEmpty()) {
      out.remark("No node has reported yet.");
    }
    out.sections(sections);
  }

  private static void local(Services found, Output out) {
    Dataplane dataplane = found.find(Dataplane.class);
    ParserCatalog parsers = found.find(ParserCatalog.class);
    out.remark("The controller is not running here; this is what is local.");
    if (dataplane == null) {
      out.remark("The datapath is not running.");
    }
    if (parsers == null) {
      out.remark("The protocol engine is not running.");
    } else {
      out.remark(parsers.parsers().size() + " protocol parsers; see sp:parsers.");
    }
    out.sections(
        datapath(
            dataplane == null ? List.of() : List.of(new On<>("local", dataplane.status())),
            List.of()));
  }

  private static List<Section<?>> datapath(List<On<DataplaneStatus>> all, List<On<Counter>> more) {
    List<On<Backend>> backends = new ArrayList<>();
    List<On<OpenCapture>> captures = new ArrayList<>();
    List<On<Counter>> counters = new ArrayList<>(more);
    for (On<DataplaneStatus> each : all) {
      each.what().backends().forEach(what -> backends.add(new On<>(each.node(), what)));
      each.what().captures().forEach(what -> captures.add(new On<>(each.node(), what)));
      each.what().counters().forEach(what -> counters.add(new On<>(each.node(), what)));
    }
    counters.removeIf(on -> on.what().value() == 0);
    return List.of(
        new Section<>("Captures of packets", BACKENDS, backends),
        new Section<>("Captured containers", CAPTURES, captures),
        new Section<>("Counters", COUNTERS, counters));
  }

  private static String state(Backend backend) {
    if (backend.active()) {
      return "in use";
    }
    return backend.available() ? "available" : "unavailable";
  }

  static String shortId(String id) {
    return id.length() > 12 ? id.substring(0, 12) : id;
  }
}
