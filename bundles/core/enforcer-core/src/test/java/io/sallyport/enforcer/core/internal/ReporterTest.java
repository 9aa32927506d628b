/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.common.ErrorCode;
import io.sallyport.api.common.SallyportException;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.NodeStatus;
import io.sallyport.api.link.ReportReceipt;
import io.sallyport.api.link.ReportService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReporterTest {
  private static final Duration USUAL = Duration.ofMillis(500);

  private final List<NodeReport> taken = new ArrayList<>();
  private @Nullable ReportService service = new Controller();
  private boolean refuses;
  private ReportReceipt receipt = new ReportReceipt(Duration.ofSeconds(2), true);
  private long sequence;
  private final Reporter reporter = new Reporter(() -> service, full -> report(full), USUAL);

  @Test
  void tellsEverythingOnceAndThenChanges() {
    assertThat(reporter.sendOnce()).as("as the controller wants").isEqualTo(receipt.interval());
    reporter.sendOnce();

    assertThat(taken).extracting(NodeReport::full).containsExactly(true, false);
    assertThat(taken).extracting(NodeReport::sequence).containsExactly(1L, 2L);
  }

  @Test
  void waitsForAController() {
    service = null;
    assertThat(reporter.sendOnce()).isEqualTo(USUAL);
    assertThat(sequence).as("nothing is collected for nobody").isZero();
  }

  @Test
  void sendsAFailedReportAgainAsItWas() {
    reporter.sendOnce();
    refuses = true;
    assertThat(reporter.sendOnce()).isEqualTo(USUAL);
    assertThat(reporter.sendOnce()).isEqualTo(USUAL.multipliedBy(2));
    refuses = false;
    reporter.sendOnce();
    reporter.sendOnce();

    assertThat(taken).extracting(NodeReport::sequence).containsExactly(1L, 2L, 2L, 2L, 3L);
    assertThat(taken.get(3)).isSameAs(taken.get(1));
  }

  @Test
  void tellsEverythingAgainWhenAsked() {
    reporter.sendOnce();
    receipt = new ReportReceipt(Duration.ofSeconds(2), false);
    reporter.sendOnce();
    receipt = new ReportReceipt(Duration.ofSeconds(2), true);
    reporter.sendOnce();
    reporter.sendOnce();

    assertThat(taken).extracting(NodeReport::full).containsExactly(true, false, true, false);
  }

  @Test
  void doesNotFollowAnAbsurdInterval() {
    receipt = new ReportReceipt(Duration.ZERO, true);
    assertThat(reporter.sendOnce()).isEqualTo(Duration.ofMillis(50));
    receipt = new ReportReceipt(Duration.ofDays(1), true);
    assertThat(reporter.sendOnce()).isEqualTo(Duration.ofMinutes(5));
  }

  private NodeReport report(boolean full) {
    sequence++;
    return new NodeReport(
        new NodeInfo("n", "n", List.of(), "", "", 1, 1, "", ""),
        1,
        sequence,
        full,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new NodeStatus(
            List.of(),
            new DataplaneStatus(List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            0,
            0));
  }

  private final class Controller implements ReportService {
    @Override
    public ReportReceipt report(NodeReport report) {
      taken.add(report);
      if (refuses) {
        throw new SallyportException(ErrorCode.INTERNAL, "the controller is busy");
      }
      return receipt;
    }

    @Override
    public void capturedPackets(String captureId, long offset, byte[] bytes) {}
  }
}
