/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itest.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a run leaves behind when it ends, and when it is killed. */
@ExtendWith(HarnessExtension.class)
class LeftoversTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A test run of its own JVM: one of everything. */
  static final class Run {
    private Run() {}

    /** Prints the tag, then ends as the argument says. */
    public static void main(String[] arguments) {
      Lab lab = new Lab();
      lab.container(ContainerSpec.of("client"));
      Docker.shared().start(ContainerSpec.of("client").network(Docker.shared().network()));
      Containerd.shared().start(ContainerSpec.of("client").in(lab.host()));
      Command.of("sleep", "1000").start(TestRun.current().folder().resolve("sleep.log"));
      System.out.println(TestRun.current().tag());
      if (arguments[0].equals("killed")) {
        Runtime.getRuntime().halt(137);
      }
    }
  }

  @Test
  void nothingIsLeftByARunThatEnds() {
    String tag = run("ends");
    assertThat(traces(tag)).isEmpty();
  }

  @Test
  void theNextRunRemovesWhatAKilledOneHasLeft() {
    String tag = run("killed");
    assertThat(traces(tag)).isNotEmpty();
    Leftovers.removeStale();
    // Processes that were killed may take a moment to be gone.
    Await.value("the end of " + tag, LIMIT, () -> traces(tag), List::isEmpty);
  }

  private static String run(String end) {
    Result result =
        Command.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                end)
            .within(LIMIT)
            .run();
    assertThat(result.out()).as(result.err()).isNotEmpty();
    return result.out().strip();
  }

  private static List<String> traces(String tag) {
    String script =
        """
        ip netns list | grep "^$1-"
        ip -br link | grep "^$1"
        grep -F "/$1/" /proc/self/mountinfo
        find /sys/fs/cgroup -type d -path "*$1*" 2>/dev/null
        ls -d %s/"$1" 2>/dev/null
        grep -lsz "^SALLYPORT_TEST_RUN=$1" /proc/[0-9]*/environ
        pgrep -af "/$1/"
        exit 0
        """
            .formatted(Leftovers.FOLDER);
    Result result = Command.of("bash", "-c", script, "x", tag).run().orThrow();
    // The script itself names the tag.
    return result.out().lines().filter(line -> !line.contains("bash -c")).toList();
  }

  @Test
  void folderOfALivingRunStays() {
    Path folder = TestRun.current().folder();
    Leftovers.removeStale();
    assertThat(Files.isDirectory(folder)).isTrue();
  }
}
