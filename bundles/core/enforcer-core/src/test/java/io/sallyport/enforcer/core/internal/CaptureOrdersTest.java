/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static io.sallyport.enforcer.core.internal.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.capture.PacketRecorder;
import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.link.CaptureOrder;
import io.sallyport.api.link.CaptureProgress;
import io.sallyport.api.link.NodePolicy;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.ReportReceipt;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureOrdersTest {
  @TempDir private Path folder = Path.of("");

  private final Recorder recorder = new Recorder();
  private final Controller controller = new Controller();
  private boolean hostNetwork;
  private @Nullable PacketRecorder present = recorder;
  private @Nullable CaptureOrders made;

  @AfterEach
  void close() {
    if (made != null) {
      made.close();
    }
  }

  @Test
  void uploadsWhileItRecordsAndDeletesWhatWasTaken() throws InterruptedException {
    orders().policy(policy(1, "c1"));
    recorder.write(300_000);
    eventually("it is taken in pieces", () -> controller.size() == 300_000);
    assertThat(progress().running()).isTrue();
    recorder.write(5);
    eventually("the rest is taken", () -> controller.size() == 300_005);

    recorder.running = false;
    eventually("the end is told", () -> !progress().running());
    assertThat(progress().bytes()).isEqualTo(300_005);
    assertThat(progress().problem()).isEmpty();
    eventually("the file is deleted", this::noFiles);

    orders().policy(policy(2));
    assertThat(orders().progress()).isEmpty();
    assertThat(orders().epoch()).isEqualTo(2);
  }

  @Test
  void endsWhenThePolicyNoLongerWantsIt() throws InterruptedException {
    orders().policy(policy(1, "c1"));
    recorder.write(10);
    eventually("it is taken", () -> controller.size() == 10);
    orders().policy(policy(2));

    eventually("it is stopped and told for the last time", () -> orders().progress().isEmpty());
    assertThat(recorder.running).isFalse();
    eventually("the file is deleted", this::noFiles);
  }

  @Test
  void sendsAgainWhatWasNotTaken() throws InterruptedException {
    controller.refusals.set(1);
    orders().policy(policy(1, "c1"));
    recorder.write(10);
    eventually("it is taken after all", () -> controller.size() == 10);
  }

  @Test
  void givesUpWhatNobodyWantsAnyMore() throws InterruptedException {
    controller.unwanted = true;
    orders().policy(policy(1, "c1"));
    recorder.write(10);

    eventually("it ends", () -> orders().progress().isEmpty());
    eventually("the file is deleted", this::noFiles);
  }

  @Test
  void saysWhatIsMissing() throws InterruptedException {
    present = null;
    orders().policy(policy(1, "c1"));
    eventually("it fails", () -> !progress().running());
    assertThat(progress().problem()).contains("capture-pcap4j");
  }

  @Test
  void saysWhyTheHostsNetworkIsNotRecorded() throws InterruptedException {
    hostNetwork = true;
    orders().policy(policy(1, "c1"));
    eventually("it fails", () -> !progress().running());
    assertThat(progress().problem()).contains("host's network");
  }

  @Test
  void passesOnWhyTheRecorderRefuses() throws InterruptedException {
    recorder.refusal = "syntax error in filter expression";
    orders().policy(policy(1, "c1"));
    eventually("it fails", () -> !progress().running());
    assertThat(progress().problem()).isEqualTo("syntax error in filter expression");
  }

  private CaptureOrders orders() {
    CaptureOrders orders = made;
    if (orders == null) {
      orders = new CaptureOrders(folder, this::workload, () -> present, () -> controller);
      made = orders;
    }
    return orders;
  }

  private CaptureProgress progress() {
    return orders().progress().getFirst();
  }

  private Workload workload(String id) {
    return new Workload(
        FakeSource.container(id, id, 1), "n", 1, hostNetwork, List.of(), "s", "", id);
  }

  private boolean noFiles() {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NodePolicy policy(long epoch, String... ids) {
    return new NodePolicy(
        epoch,
        List.of(ids).stream()
            .map(id -> new CaptureOrder(id, "w", Duration.ofSeconds(60), 1 << 20, ""))
            .toList());
  }

  private static final class Recorder implements PacketRecorder {
    private volatile @Nullable Path file;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean running = true;
    private @Nullable String refusal;

    @Override
    public Recording record(
        CaptureTarget target, Path to, Duration duration, long maxBytes, String filter) {
      if (refusal != null) {
        throw new CaptureException(refusal, null);
      }
      try {
        Files.createFile(to);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = to;
      return new Recording() {
        @Override
        public boolean running() {
          return running;
        }

        @Override
        public long bytes() {
          return bytes.get();
        }

        @Override
        public long packets() {
          return 1;
        }

        @Override
        public String problem() {
          return "";
        }

        @Override
        public void stop() {
          running = false;
        }
      };
    }

    void write(int count) throws InterruptedException {
      eventually("it records", () -> file != null);
      Path to = file;
      if (to != null) {
        try {
          Files.write(to, new byte[count], StandardOpenOption.APPEND);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      bytes.addAndGet(count);
    }
  }

  private static final class Controller implements ReportService {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean unwanted;

    @Override
    public ReportReceipt report(NodeReport report) {
      return new ReportReceipt(Duration.ZERO, true);
    }

    @Override
    public synchronized void capturedPackets(String captureId, long offset, byte[] bytes) {
      if (unwanted) {
        throw new SallyportException(ErrorCode.NOT_FOUND, "there is no capture");
      }
      if (refusals.getAndDecrement() > 0) {
        throw new SallyportException(ErrorCode.INTERNAL, "busy");
      }
      assertThat(offset).isEqualTo(taken.size());
      assertThat(bytes.length).isLessThanOrEqualTo(256 * 1024);
      taken.writeBytes(bytes);
    }

    synchronized int size() {
      return taken.size();
    }
  }
}
