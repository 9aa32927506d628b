/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.network;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Packet captures that users ask for, wherever the workload runs. Safe on any thread. */
@ProviderType
public interface PacketCaptures {
  /**
   * Orders a capture.
   *
   * @param workloadId a running workload
   * @param duration how long, from 1 s to 1 h
   * @param filter a pcap filter expression, empty for everything
   * @return the capture's id
   * @throws io.sallyport.api.common.SallyportException when there is no such workload, or too many
   *     captures are kept
   */
  String start(String workloadId, Duration duration, String filter);

  /** Captures that run or are kept, newest first. */
  List<PacketCapture> list();

  /** Ends a capture; its packets are kept. */
  void stop(String id);

  /** Ends a capture and forgets its packets. */
  void delete(String id);

  /** The pcap file as far as it has come. */
  InputStream open(String id) throws IOException;

  /**
   * A capture.
   *
   * @param id its id
   * @param workloadId whose packets
   * @param nodeId where
   * @param state whether it runs
   * @param bytes how large the file is
   * @param startedAt nanoseconds since the epoch
   * @param problem why it failed; empty when it did not
   */
  record PacketCapture(
      String id,
      String workloadId,
      String nodeId,
      State state,
      long bytes,
      long startedAt,
      String problem) {
    /** Whether a capture runs. */
    public enum State {
      RUNNING,
      STOPPED,
      FAILED
    }
  }
}
