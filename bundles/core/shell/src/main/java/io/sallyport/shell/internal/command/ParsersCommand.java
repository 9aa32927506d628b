/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.dpi.ParserStatus;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.plugin.PluginCatalog;
import io.sallyport.api.plugin.PluginStatus;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import io.sallyport.shell.internal.output.Section;
import io.sallyport.shell.internal.output.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;

/** {@code sp:parsers}. */
@Service
@Command(
    scope = "sp",
    name = "parsers",
    description = "Protocol parsers: how much they are called, what they cost, what went wrong")
public class ParsersCommand extends SpCommand {
  private static final List<Column<Parser>> PARSERS =
      List.of(
          Column.text("APPLICATION", each -> each.status().application().name()),
          Column.text("BUNDLE", each -> each.status().bundle()),
          Column.text("VERSION", each -> each.status().version()),
          Column.text("STATE", each -> each.status().state().name().toLowerCase(Locale.ROOT)),
          Column.count("FLOWS", each -> each.status().flows()),
          Column.count("CALLS", each -> each.status().calls()),
          Column.number("AVG TIME", Parser::average, Texts::duration),
          Column.count("ERRORS", each -> each.status().errors()),
          Column.count("HANGS", each -> each.status().hangs()),
          Column.text("PROBLEM", each -> each.status().problem()),
          Column.<Parser>text("NODE", Parser::node).onlyWide());
  private static final List<Column<Plugin>> PLUGINS =
      List.of(
          Column.text("FILE", each -> each.status().file()),
          Column.text("BUNDLE", each -> each.status().bundle()),
          Column.text("PROBLEM", each -> each.status().problem()),
          Column.<Plugin>text("NODE", Plugin::node).onlyWide());

  private record Parser(String node, ParserStatus status) {
    long average() {
      return status.calls() == 0 ? 0 : status.nanos() / status.calls();
    }
  }

  private record Plugin(String node, PluginStatus status) {}

  @Override
  void run(Services found, Session current, Output out) {
    List<Parser> parsers = new ArrayList<>();
    List<Plugin> plugins = new ArrayList<>();
    NetworkModel model = found.find(NetworkModel.class);
    ParserCatalog catalog = found.find(ParserCatalog.class);
    if (catalog != null) {
      // What is local is asked directly: it is newer than the node's last report.
      catalog.parsers().forEach(each -> parsers.add(new Parser("local", each)));
      PluginCatalog deployed = found.find(PluginCatalog.class);
      if (deployed != null) {
        deployed.plugins().forEach(each -> plugins.add(new Plugin("local", each)));
      }
    } else if (model != null) {
      for (NetworkModel.Node node : model.nodes()) {
        String name = node.info().name();
        node.status().parsers().forEach(each -> parsers.add(new Parser(name, each)));
        node.status().plugins().forEach(each -> plugins.add(new Plugin(name, each)));
      }
    } else {
      found.need(ParserCatalog.class, "Neither the protocol engine nor the controller runs here.");
    }
    plugins.removeIf(each -> each.status().problem().isEmpty());
    out.sections(
        List.of(
            new Section<>("Parsers", PARSERS, parsers),
            new Section<>("Plugins with problems", PLUGINS, plugins)));
  }
}
