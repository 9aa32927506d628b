/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

/**
 * How long a flow may be silent before it counts as ended, by how far it is; as NeuVector has it.
 */
enum IdleClass {
  TCP_OPEN(20, 300),
  TCP_ACTIVE(1200, 86_400),
  TCP_HALF_CLOSED(90, 3600),
  TCP_CLOSED(15, 300),
  TCP_RESET(60, 300),
  UDP(30, 86_400),
  ICMP(5, 86_400),
  OTHER(15, 86_400);

  private static final long SECOND = 1_000_000_000L;

  private final long live;
  private final long file;

  IdleClass(int liveSeconds, int fileSeconds) {
    this.live = liveSeconds * SECOND;
    this.file = fileSeconds * SECOND;
  }

  /** In nanoseconds, for packets as they come. */
  long live() {
    return live;
  }

  /**
   * In nanoseconds, for a file: who reads one wants to see what two endpoints said as one flow, and
   * no container makes new ones endlessly.
   */
  long file() {
    return file;
  }
}
