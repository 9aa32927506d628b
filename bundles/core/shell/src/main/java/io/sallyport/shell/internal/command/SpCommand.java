/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.SallyportException;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.output.Output;
import java.io.IOException;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all commands have: the form of the output, and errors in one line. */
abstract class SpCommand implements Action {
  private static final Logger LOG = LoggerFactory.getLogger(SpCommand.class);

  @Option(
      name = "-o",
      aliases = "--output",
      description = "How to print: table, wide or json",
      valueToShowInHelp = "table")
  @Completion(
      value = StringsCompleter.class,
      values = {"table", "wide", "json"})
  String format = "table";

  @Option(name = "--no-format", description = "Values separated by tabs, without headings")
  boolean noFormat;

  @Reference @Nullable Session session;
  @Reference @Nullable BundleContext context;

  /** Does the command's work. */
  abstract void run(Services found, Session current, Output out)
      throws IOException, InterruptedException;

  /** Takes options from behind the arguments, for a command that has any. */
  void settle() {}

  @Override
  public final @Nullable Object execute() {
    Session current = session;
    BundleContext bundle = context;
    if (current == null || bundle == null) {
      throw new IllegalStateException("Karaf sets both before it executes a command");
    }
    try {
      settle();
      int width = current.getTerminal() == null ? 0 : current.getTerminal().getWidth();
      Output.Format form = Output.Format.of(format);
      run(new Services(bundle), current, new Output(current.getConsole(), form, noFormat, width));
    } catch (InterruptedException e) {
      // Ctrl-C ends the command, not the shell's thread.
      LOG.debug("A command was interrupted");
    } catch (SallyportException | IllegalArgumentException e) {
      error(current, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      error(current, e.getClass().getSimpleName() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A command failed", e);
      error(current, "Something failed that should not have. See log:display.");
    }
    return null;
  }

  private static void error(Session session, String message) {
    session.getConsole().println("Error: " + message);
    session.getConsole().flush();
  }
}
