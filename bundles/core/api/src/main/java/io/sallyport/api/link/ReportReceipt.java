/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import java.time.Duration;

/**
 * The controller's answer to a report.
 *
 * @param interval when it wants the next one; longer when it is busy
 * @param complete whether it knows the node's whole state; when not, the next report must be full
 */
public record ReportReceipt(Duration interval, boolean complete) {}
