/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Reports go up. The controller offers it; a node calls it. In the all-in-one both are in one
 * process, else the link carries the calls: so arguments are plain data, and any call may fail.
 */
@ProviderType
public interface ReportService {
  /**
   * Takes a node's report. A report with a sequence that was taken already changes nothing.
   *
   * @throws io.sallyport.api.common.SallyportException when it could not be taken; the node keeps
   *     it and tries again
   */
  ReportReceipt report(NodeReport report);

  /**
   * Takes a piece of a packet capture that the policy ordered.
   *
   * @param captureId the order's id
   * @param offset where in the file it belongs
   * @param bytes at most 256 KiB
   */
  void capturedPackets(String captureId, long offset, byte[] bytes);
}
