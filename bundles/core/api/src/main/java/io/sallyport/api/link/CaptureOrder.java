/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import java.time.Duration;

/**
 * A packet capture that a user asked for.
 *
 * @param id unique
 * @param workloadId whose packets
 * @param duration how long, at most
 * @param maxBytes how large the file may become
 * @param filter a pcap filter expression, empty for everything
 */
public record CaptureOrder(
    String id, String workloadId, Duration duration, long maxBytes, String filter) {}
