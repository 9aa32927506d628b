/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.SallyportException;
import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import io.sallyport.shell.internal.output.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code sp:replay}. */
@Service
@Command(
    scope = "sp",
    name = "replay",
    description = "Reads pcap files and shows their flows, with the parsers that are deployed")
public class ReplayCommand extends SpCommand {
  private static final int MAX_ROWS = 10_000;
  private static final List<Column<Row>> COLUMNS =
      List.of(
          Column.<Row>text("FILE", row -> row.file().toString()).onlyWide(),
          Column.text("PROTOCOL", row -> row.flow().transport().name()),
          Column.text("CLIENT", row -> row.flow().client().toString()),
          Column.text("SERVER", row -> row.flow().server().toString()),
          Column.text("APPLICATION", row -> row.flow().application().name()),
          Column.count("PACKETS", row -> row.flow().packets()),
          Column.number("BYTES", row -> row.flow().bytes(), Texts::bytes),
          new Column<Row>(
              "ATTRIBUTES",
              true,
              false,
              row -> row.flow().attributes(),
              row -> row.flow().attributes().toString()));

  @Argument(
      name = "files",
      required = true,
      multiValued = true,
      description = "pcap or pcapng files")
  @Completion(FileCompleter.class)
  List<String> files = List.of();

  private record Row(Path file, FlowRecord flow) {}

  @Override
  void settle() {
    files = TrailingOptions.take(this, files);
  }

  @Override
  void run(Services found, Session current, Output out) throws InterruptedException {
    FlowReplay replay = found.need(FlowReplay.class, Absence.REPLAY);
    for (String name : files) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Path file = current.currentDir().resolve(name).toAbsolutePath().normalize();
      try {
        replay(replay, file, out);
      } catch (SallyportException e) {
        // One bad file says so and does not hide the others.
        current.getConsole().println("Error: " + e.getMessage());
      }
    }
  }

  private static void replay(FlowReplay replay, Path file, Output out) {
    Rows rows = new Rows(file, out);
    FlowReplay.Summary summary = replay.replay(file, rows);
    if (!out.json()) {
      out.table(COLUMNS, rows.kept);
    }
    out.remark(
        file.getFileName()
            + ": "
            + summary.flows()
            + " flows, "
            + summary.packets()
            + " packets, "
            + Texts.bytes(summary.bytes()));
    if (rows.more > 0) {
      out.remark("… " + rows.more + " more flows; -o json shows all of them");
    }
    if (!summary.problem().isEmpty()) {
      out.remark("Note: " + summary.problem());
    }
  }

  /** In JSON each flow at once; for a table all of them, as its columns need them all. */
  private static final class Rows implements FlowObserver {
    private final Path file;
    private final Output out;
    private final List<Row> kept = new ArrayList<>();
    private long more;

    private Rows(Path file, Output out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void flow(FlowRecord flow) {
      Row row = new Row(file, flow);
      if (out.json()) {
        out.row(COLUMNS, row, "");
      } else if (kept.size() < MAX_ROWS) {
        kept.add(row);
      } else {
        more++;
      }
    }

    @Override
    public void message(FlowRecord flow, Direction direction, Message message) {
      // A flow's attributes have it in the end.
    }
  }
}
