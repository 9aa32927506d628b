/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param output how flows are shown
 * @param plugins a folder with jars of further parsers
 * @param files what to read
 */
record Options(Output output, @Nullable Path plugins, List<Path> files) {
  static final String USAGE =
      "usage: sallyport replay [-o table|json|summary] [--plugins DIR] FILE.pcap...";

  /** How flows are shown. */
  enum Output {
    TABLE,
    JSON,
    SUMMARY
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException when it cannot be understood; the message is for the user
   */
  static Options parse(List<String> arguments) {
    Output output = Output.TABLE;
    Path plugins = null;
    List<Path> files = new ArrayList<>();
    boolean options = true;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!options || !argument.startsWith("-") || argument.equals("-")) {
        files.add(path(argument));
        continue;
      }
      switch (argument) {
        case "--" -> options = false;
        case "-o", "--output" -> output = output(value(arguments, ++i, argument));
        case "--plugins" -> plugins = path(value(arguments, ++i, argument));
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file is given");
    }
    return new Options(output, plugins, List.copyOf(files));
  }

  private static String value(List<String> arguments, int index, String option) {
    if (index >= arguments.size()) {
      throw new IllegalArgumentException("a value is missing behind " + option);
    }
    return arguments.get(index);
  }

  private static Output output(String name) {
    return switch (name) {
      case "table" -> Output.TABLE;
      case "json" -> Output.JSON;
      case "summary" -> Output.SUMMARY;
      default ->
          throw new IllegalArgumentException(
              "unknown output " + name + ": it is table, json or summary");
    };
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a file name: " + e.getMessage(), e);
    }
  }
}
