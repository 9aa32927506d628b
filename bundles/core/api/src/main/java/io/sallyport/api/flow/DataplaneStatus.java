/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import io.sallyport.api.capture.CaptureStatistics;
import java.util.List;

/**
 * How the datapath does.
 *
 * @param backends every capture backend with what its probe said, best first
 * @param captures the captures that are open
 * @param counters everything that was seen, dropped, evicted or cut, by name, for all captures
 */
public record DataplaneStatus(
    List<Backend> backends, List<OpenCapture> captures, List<Counter> counters) {
  /**
   * A capture backend.
   *
   * @param name its name
   * @param available whether its probe succeeded
   * @param detail what the probe said
   * @param active whether it is the one in use
   */
  public record Backend(String name, boolean available, String detail, boolean active) {}

  /**
   * An open capture.
   *
   * @param workloadId whose packets
   * @param backend by which backend
   * @param statistics what it saw
   * @param problem why it is closed at the moment; empty when it is open
   */
  public record OpenCapture(
      String workloadId, String backend, CaptureStatistics statistics, String problem) {}

  /**
   * A counter.
   *
   * @param name lower case with underscores: {@code flows_evicted}
   * @param help what it counts
   * @param value since the start
   */
  public record Counter(String name, String help, long value) {}
}
