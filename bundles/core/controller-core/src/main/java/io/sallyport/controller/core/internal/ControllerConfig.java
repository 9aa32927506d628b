/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.controller.core.internal;

/** {@code etc/io.sallyport.controller.core.cfg}. */
@interface ControllerConfig {
  /** How often nodes report while there are few of them, in milliseconds. */
  long reportMillis() default 500;

  /** How many conversations between workloads and hosts are kept at most. */
  int maxConversations() default 50_000;

  /** How many conversations with addresses outside are kept at most. */
  int maxAddresses() default 50_000;

  /** How many ports of one conversation are kept at most. */
  int maxEntries() default 1_000;

  /** How many flows of all workloads are kept at most. */
  int maxSessions() default 100_000;

  /** How many flows of one workload are kept at most. */
  int maxWorkloadSessions() default 1_000;

  /** How many workloads that have ended are remembered at most. */
  int maxDeparted() default 5_000;

  /** How long conversations of a workload that has ended are shown, in minutes. */
  long departedMinutes() default 60;

  /** How long a learned group without members is kept, in hours. */
  long unusedGroupHours() default 24;

  /** How long a node that does not report any more is kept, in hours. */
  long lostNodeHours() default 24;

  /** How many nodes of the map are shown at most. */
  int maxMapNodes() default 500;

  /** How many packet captures are kept at most. */
  int maxCaptures() default 32;

  /** How large one packet capture may become, in mebibytes. */
  long maxCaptureMebibytes() default 64;

  /** How large all packet captures together may become, in mebibytes. */
  long maxCapturesMebibytes() default 512;
}
