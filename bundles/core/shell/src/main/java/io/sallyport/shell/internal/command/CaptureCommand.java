/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.shell.internal.command;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.network.NetworkModel;
import io.sallyport.api.network.PacketCaptures;
import io.sallyport.api.network.PacketCaptures.PacketCapture;
import io.sallyport.api.workload.Workload;
import io.sallyport.shell.internal.completion.Services;
import io.sallyport.shell.internal.completion.WorkloadCompleter;
import io.sallyport.shell.internal.output.Column;
import io.sallyport.shell.internal.output.Output;
import io.sallyport.shell.internal.output.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** {@code sp:capture}. */
@Service
@Command(
    scope = "sp",
    name = "capture",
    description = "Captures the packets of a container into a pcap file; Ctrl-C ends it early")
public class CaptureCommand extends SpCommand {
  private static final long LOOK_MILLIS = 250;
  private static final int MAX_SECONDS = 3_600;
  private static final List<Column<Written>> COLUMNS =
      List.of(
          Column.text("FILE", written -> written.file().toString()),
          Column.number("BYTES", Written::bytes, Texts::bytes));

  @Argument(
      name = "workload",
      required = true,
      multiValued = true,
      description = "The container, by name or id")
  @Completion(WorkloadCompleter.class)
  List<String> arguments = List.of();

  @Option(name = "--seconds", description = "How long, at most an hour")
  int seconds = 10;

  @Option(name = "--out", description = "The file to write; it must not exist yet")
  @Completion(FileCompleter.class)
  String file = "";

  @Option(name = "--filter", description = "A pcap filter expression, as in \"tcp port 80\"")
  String filter = "";

  private String workload = "";

  private record Written(Path file, long bytes) {}

  @Override
  void settle() {
    List<String> names = TrailingOptions.take(this, arguments);
    if (names.size() != 1) {
      throw invalid("name one container; see sp:workloads");
    }
    workload = names.getFirst();
  }

  @Override
  void run(Services found, Session current, Output out) throws IOException, InterruptedException {
    NetworkModel model = found.need(NetworkModel.class, Absence.CONTROLLER);
    PacketCaptures captures = found.need(PacketCaptures.class, Absence.CAPTURES);
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw invalid("--seconds must be between 1 and 3600, not " + seconds);
    }
    Workload chosen = model.workload(workload);
    if (chosen == null) {
      throw new SallyportException(
          ErrorCode.NOT_FOUND,
          "There is no running container \"" + workload + "\"; see sp:workloads.");
    }
    Path target =
        current.currentDir().resolve(file.isEmpty() ? defaultName(chosen) : file).toAbsolutePath();
    // First of all, so that nothing is captured that cannot be kept.
    try (FileChannel channel = create(target)) {
      String id = captures.start(chosen.id(), Duration.ofSeconds(seconds), filter);
      try {
        wait(captures, id, out);
        captures.stop(id);
        long bytes = copy(captures, id, channel);
        Written written = new Written(target, bytes);
        out.row(COLUMNS, written, "Wrote " + Texts.bytes(bytes) + " to " + target);
      } finally {
        captures.delete(id);
      }
    }
  }

  /** Until the capture has ended or the user has had enough. */
  private void wait(PacketCaptures captures, String id, Output out) {
    long shown = -1;
    try {
      for (PacketCapture now = find(captures, id);
          now.state() == PacketCapture.State.RUNNING;
          now = find(captures, id)) {
        if (now.bytes() != shown) {
          shown = now.bytes();
          out.remark("Capturing " + workload + ": " + Texts.bytes(shown));
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      out.remark("Stopping.");
    }
  }

  private static PacketCapture find(PacketCaptures captures, String id) {
    PacketCapture capture =
        captures.list().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new SallyportException(
                        ErrorCode.NOT_FOUND, "Somebody deleted the capture meanwhile."));
    if (capture.state() == PacketCapture.State.FAILED) {
      throw new SallyportException(ErrorCode.ENFORCER, "The capture failed: " + capture.problem());
    }
    return capture;
  }

  private static long copy(PacketCaptures captures, String id, FileChannel channel)
      throws IOException {
    OutputStream to = Channels.newOutputStream(channel);
    try (InputStream packets = captures.open(id)) {
      return packets.transferTo(to);
    }
  }

  private static FileChannel create(Path target) throws IOException {
    try {
      return FileChannel.open(
          target,
          Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      throw invalid(target + " exists already; name another file with --out");
    }
  }

  private static String defaultName(Workload workload) {
    return workload.name().replaceAll("[^A-Za-z0-9._-]", "_")
        + "-"
        + System.currentTimeMillis() / 1_000
        + ".pcap";
  }

  private static SallyportException invalid(String message) {
    return new SallyportException(ErrorCode.INVALID_REQUEST, message);
  }
}
