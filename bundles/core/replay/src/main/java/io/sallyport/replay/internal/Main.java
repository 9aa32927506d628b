/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.flow.FlowReplay.Summary;
import io.sallyport.capture.pcapfile.internal.PcapFileReader;
import io.sallyport.dataplane.internal.FileReplay;
import io.sallyport.dpi.engine.internal.DpiEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The command {@code sallyport replay}: names the flows of packet files. */
public final class Main {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final PrintStream err;
  private final Output out;

  Main(Output out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Exit code 0 when all files were readable, 1 when one was not, 2 when called wrongly. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    System.exit(new Main(Output.standard(), System.err).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("sallyport replay: " + e.getMessage());
      err.println(Options.USAGE);
      return MISUSED;
    }
    try (DpiEngine engine = new DpiEngine()) {
      boolean complete = new Plugins(engine, err).load(options.plugins());
      return replay(options, engine) && complete ? 0 : FAILED;
    } catch (IOException e) {
      // The reader of the output has gone (a closed pipe), or the disk is full.
      err.println("sallyport replay: the output cannot be written: " + e.getMessage());
      return FAILED;
    }
  }

  private boolean replay(Options options, DpiEngine engine) throws IOException {
    FileReplay replay = new FileReplay(engine, List.of(new PcapFileReader()));
    FlowWriter writer =
        switch (options.output()) {
          case TABLE -> new TableWriter(out);
          case JSON -> new JsonWriter(out);
          case SUMMARY -> new SummaryWriter(out);
        };
    boolean readable = true;
    try (Progress progress = Progress.start(err, options.files().size())) {
      for (Path file : options.files()) {
        try {
          writer.begin(file.toString());
          Summary summary = replay.replay(file, progress.counting(writer));
          writer.end(summary);
          if (!summary.problem().isEmpty()) {
            progress.message("sallyport replay: " + file + ": " + summary.problem());
          }
        } catch (CaptureException e) {
          readable = false;
          progress.message("sallyport replay: " + e.getMessage());
        }
        progress.fileDone();
      }
    }
    writer.close();
    return readable;
  }
}
