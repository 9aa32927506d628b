/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.network.ConversationEntry;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.Peer;
import io.sallyport.shell.internal.completion.ApplicationCompleter;
import io.sallyport.shell.internal.completion.DomainCompleter;
import io.sallyport.shell.internal.completion.PeerCompleter;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import io.sallyport.shell.internal.output.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:conversations}. */
@Service
@Command(scope = "sp", name = "conversations", description = "Who talks to whom, and what")
public class ConversationsCommand extends SpCommand {
  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.text("FROM", row -> row.from().name()),
          Column.text("TO", row -> row.to().name()),
          Column.text("APPLICATION", row -> row.entry().application().toString()),
          Column.text("PORT", row -> row.entry().portText()),
          Column.count("SESSIONS", row -> row.entry().sessions()),
          Column.number("BYTES", row -> row.entry().bytes(), Texts::bytes),
          Column.text("ACTION", row -> row.entry().action().name().toLowerCase(Locale.ROOT)),
          Column.number("SEEN", row -> row.entry().lastSeen(), Texts::ago),
          Column.<Row>text("FROM GROUP", row -> row.from().group()).onlyWide(),
          Column.<Row>text("TO GROUP", row -> row.to().group()).onlyWide(),
          Column.<Row>count("RULE", row -> (long) row.entry().ruleId()).onlyWide(),
          Column.<Row>text("CLIENTS", row -> addresses(row.entry().clientAddresses())).onlyWide(),
          Column.<Row>text("SERVERS", row -> addresses(row.entry().serverAddresses())).onlyWide());

  @Option(name = "--from", description = "Only from this container, group, host or address")
  @Completion(PeerCompleter.class)
  String from = "";

  @Option(name = "--to", description = "Only to this container, group, host or address")
  @Completion(PeerCompleter.class)
  String to = "";

  @Option(name = "--domain", description = "Only where an end is in this namespace")
  @Completion(DomainCompleter.class)
  String domain = "";

  @Option(name = "--application", description = "Only of this application")
  @Completion(ApplicationCompleter.class)
  String application = "";

  private record Row(Peer from, Peer to, ConversationEntry entry) {}

  @Override
  void run(Services found, Session current, Output out) {
    NetworkModel model = found.need(NetworkModel.class, Absence.CONTROLLER);
    out.table(
        COLUMNS,
        model.conversations().stream()
            .flatMap(
                each ->
                    each.entries().stream().map(entry -> new Row(each.from(), each.to(), entry)))
            .filter(this::wanted)
            .sorted(Comparator.comparingLong((Row row) -> row.entry().bytes()).reversed())
            .toList());
  }

  private boolean wanted(Row row) {
    return (from.isEmpty() || Peers.named(row.from(), from))
        && (to.isEmpty() || Peers.named(row.to(), to))
        && (domain.isEmpty()
            || row.from().domain().equals(domain)
            || row.to().domain().equals(domain))
        && (application.isEmpty()
            || row.entry().application().toString().equalsIgnoreCase(application));
  }

  private static String addresses(List<IpAddress> addresses) {
    return addresses.stream().map(IpAddress::toString).collect(Collectors.joining(", "));
  }
}
