/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

/** {@code etc/io.sallyport.enforcer.core.cfg}. */
@interface EnforcerConfig {
  /** How many first bytes of a flow the datapath sees in full. */
  long fullBytes() default 16_384;

  /** How often to report until the controller says otherwise, in milliseconds. */
  long reportMillis() default 500;

  /** How often everything about containers is looked at again, in seconds. */
  long checkSeconds() default 30;

  /** How many containers are kept at most. */
  int maxContainers() default 10_000;

  /** How many conversations of all containers are kept at most. */
  int maxConversations() default 65_536;

  /** How many live flows of one container are followed at most. */
  int maxFlows() default 65_536;

  /** How many flows a report holds at most; the newest. */
  int maxReportedFlows() default 2_000;

  /** How many messages a report holds at most; the newest. */
  int maxReportedMessages() default 1_000;
}
