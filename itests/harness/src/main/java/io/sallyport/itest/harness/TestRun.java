/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this JVM makes, and its end. Names of network namespaces, interfaces and containers begin
 * with the tag, processes carry it in their environment, files are below one folder: so the next
 * JVM finds what is left when this one is killed.
 */
public final class TestRun {
  /** The environment variable that holds the tag. */
  static final String MARK = "SALLYPORT_TEST_RUN";

  private static final class Holder {
    static final TestRun CURRENT = new TestRun();
  }

  private final String tag = Leftovers.tagOf(ProcessHandle.current().pid());
  private final Path folder = Leftovers.FOLDER.resolve(tag);
  private final AtomicInteger names = new AtomicInteger();
  private final Deque<Runnable> ends = new ArrayDeque<>();

  private TestRun() {
    Leftovers.removeStale();
    try {
      Files.createDirectories(folder);
      Files.createFile(folder.resolve(Leftovers.BEGUN));
    } catch (IOException e) {
      throw new HarnessException("cannot make " + folder, e);
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::end));
  }

  /** The run of this JVM; at the first call, what killed runs have left is removed. */
  public static TestRun current() {
    return Holder.CURRENT;
  }

  /** At most eight letters and digits, unique among living JVMs of this machine. */
  public String tag() {
    return tag;
  }

  /** A folder for files of this run; removed at the end. */
  public Path folder() {
    return folder;
  }

  /** A new name that begins with the tag, at most 13 characters. */
  String newName() {
    return tag + "-" + names.incrementAndGet();
  }

  /** A new folder of this run. */
  public Path newFolder(String purpose) {
    try {
      return Files.createDirectories(folder.resolve(purpose + "-" + names.incrementAndGet()));
    } catch (IOException e) {
      throw new HarnessException("cannot make a folder in " + folder, e);
    }
  }

  /** Runs this when the JVM ends; the last registered first. It has to bear being too late. */
  public void onEnd(Runnable action) {
    synchronized (ends) {
      ends.push(action);
    }
  }

  private void end() {
    while (true) {
      Runnable action;
      synchronized (ends) {
        action = ends.poll();
      }
      if (action == null) {
        break;
      }
      try {
        action.run();
      } catch (RuntimeException e) {
        System.err.println("itest-harness: clean-up: " + e.getMessage());
      }
    }
    Leftovers.remove(tag);
  }
}
