/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus.OpenCapture;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.workload.Workload;
import io.sallyport.shell.internal.completion.DomainCompleter;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:workloads}. */
@Service
@Command(scope = "sp", name = "workloads", description = "Running containers")
public class WorkloadsCommand extends SpCommand {
  private static final List<Column<Workload>> COLUMNS =
      List.of(
          Column.text("ID", each -> StatusCommand.shortId(each.id())),
          Column.text("NAME", Workload::name),
          Column.text("GROUP", Workload::group),
          Column.text("IMAGE", each -> each.container().image()),
          Column.text("ADDRESSES", WorkloadsCommand::addresses),
          Column.<Workload>text("DOMAIN", Workload::domain).onlyWide(),
          Column.<Workload>text("RUNTIME", each -> each.container().runtime()).onlyWide(),
          Column.<Workload>count("PID", each -> (long) each.container().pid()).onlyWide(),
          Column.<Workload>text("NODE", Workload::nodeId).onlyWide(),
          Column.<Workload>text("NETWORK", WorkloadsCommand::network).onlyWide());
  private static final List<Column<OpenCapture>> LOCAL =
      List.of(
          Column.text("ID", each -> StatusCommand.shortId(each.workloadId())),
          Column.text("CAPTURE", OpenCapture::backend),
          Column.count("PACKETS", each -> each.statistics().packets()),
          Column.text("PROBLEM", OpenCapture::problem));

  @Option(name = "--domain", description = "Only of this namespace")
  @Completion(DomainCompleter.class)
  String domain = "";

  @Override
  void run(Services found, Session current, Output out) {
    NetworkModel model = found.find(NetworkModel.class);
    if (model != null) {
      out.table(
          COLUMNS,
          model.workloads().stream()
              .filter(each -> domain.isEmpty() || each.domain().equals(domain))
              .toList());
      return;
    }
    Dataplane dataplane = found.need(Dataplane.class, Absence.CONTROLLER);
    out.remark("The controller is not running here; these are the containers captured locally.");
    out.table(LOCAL, dataplane.status().captures());
  }

  private static String addresses(Workload workload) {
    return workload.addresses().stream().map(IpAddress::toString).collect(Collectors.joining(", "));
  }

  private static String network(Workload workload) {
    if (workload.hostNetwork()) {
      return "host";
    }
    String owner = workload.networkOwner();
    return owner.isEmpty() || owner.equals(workload.id())
        ? "own"
        : "of " + StatusCommand.shortId(owner);
  }
}
