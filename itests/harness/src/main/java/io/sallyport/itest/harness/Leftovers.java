/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds and removes what a test run has left: by its tag alone, so that it works for a run that was
 * killed. Uses {@link ProcessBuilder} directly, because a {@link Command} belongs to a run.
 */
final class Leftovers {
  static final Path FOLDER =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "sallyport-tests-" + System.getProperty("user.name", "unknown"));

  /** A file of each run's folder, as old as the run. */
  static final String BEGUN = "begun";

  private static final Pattern TAG = Pattern.compile("^spt([0-9a-z]{1,5})$");

  private Leftovers() {}

  static String tagOf(long pid) {
    return "spt" + Long.toString(pid, 36);
  }

  /** Removes what runs have left whose JVM is gone. */
  static void removeStale() {
    for (Path folder : children(FOLDER)) {
      Matcher tag = TAG.matcher(folder.getFileName().toString());
      if (tag.matches() && !alive(Long.parseLong(tag.group(1), 36), folder)) {
        remove(tag.group());
      }
    }
  }

  /** A process id is used again; the JVM of a run is older than the folder that it has made. */
  private static boolean alive(long pid, Path folder) {
    try {
      var made = Files.getLastModifiedTime(folder.resolve(BEGUN)).toInstant();
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .filter(start -> start.isBefore(made))
          .isPresent();
    } catch (IOException e) {
      // Being made at this moment, or being removed.
      return ProcessHandle.of(pid).isPresent();
    }
  }

  static void remove(String tag) {
    Path folder = FOLDER.resolve(tag);
    Path runc = folder.resolve("runc");
    for (Path id : children(runc)) {
      quietly("runc", "--root", runc.toString(), "delete", "--force", name(id));
    }
    if (Files.isDirectory(folder.resolve("runtime"))) {
      quietly(
          Repository.root().resolve("demo/runtime").toString(),
          "down",
          folder.resolve("runtime").toString());
    }
    for (Path process : children(Path.of("/proc"))) {
      if (marked(process, tag)) {
        ProcessHandle.of(Long.parseLong(name(process))).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
    for (Path space : children(Path.of("/run/netns"))) {
      if (name(space).startsWith(tag + "-")) {
        quietly("ip", "netns", "delete", name(space));
      }
    }
    quietly(
        "find",
        "/sys/fs/cgroup",
        "-depth",
        "-type",
        "d",
        "-path",
        "*/" + tag + "*",
        "-exec",
        "rmdir",
        "{}",
        "+");
    for (String mount : mountsBelow(folder)) {
      quietly("umount", "-l", mount);
    }
    quietly("rm", "-rf", "--one-file-system", folder.toString());
  }

  private static boolean marked(Path process, String tag) {
    if (!name(process).chars().allMatch(Character::isDigit)
        || name(process).equals(Long.toString(ProcessHandle.current().pid()))) {
      return false;
    }
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + TestRun.MARK + "=" + tag + "\0");
    } catch (IOException e) {
      // It has ended, or belongs to somebody else.
      return false;
    }
  }

  private static List<String> mountsBelow(Path folder) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(line -> line.split(" ", 6)[4])
          .filter(point -> point.startsWith(folder + "/"))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new HarnessException("cannot read the mounts of this machine", e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static void quietly(String... words) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      System.err.println("itest-harness: clean-up: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
