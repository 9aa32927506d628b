/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.network.Group;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:groups}. */
@Service
@Command(scope = "sp", name = "groups", description = "Groups of containers and their modes")
public class GroupsCommand extends SpCommand {
  private static final List<Column<Group>> COLUMNS =
      List.of(
          Column.text("NAME", Group::name),
          Column.text("KIND", group -> group.kind().name().toLowerCase(Locale.ROOT)),
          Column.count("MEMBERS", group -> (long) group.members().size()),
          Column.text("NETWORK MODE", group -> group.policyMode().label()),
          Column.text("PROFILE MODE", group -> group.profileMode().label()),
          Column.<Group>text("BASELINE", Group::baseline).onlyWide(),
          Column.<Group>text("DOMAIN", Group::domain).onlyWide(),
          Column.<Group>text("ORIGIN", group -> group.learned() ? "learned" : "reserved")
              .onlyWide());

  @Override
  void run(Services found, Session current, Output out) {
    out.table(COLUMNS, found.need(NetworkModel.class, Absence.CONTROLLER).groups());
  }
}
