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
   * Takes a node's report. A report with a start and a sequence that were taken already changes
   * nothing, so one that failed can be sent again as it was. Of a report that is not full, from a
   * node or a start that the controller does not know, nothing is taken; the receipt then asks for
   * a full one.
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
