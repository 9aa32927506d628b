/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

import java.lang.foreign.MemorySegment;
import org.osgi.annotation.versioning.ProviderType;

/** Takes packets, on the capture's owner thread. The memory is valid during the call only. */
@ProviderType
@FunctionalInterface
public interface PacketHandler {
  /**
   * One packet.
   *
   * @param memory native memory that holds it
   * @param offset where it begins
   * @param captured how many bytes are there
   * @param wire how many it had on the wire
   * @param link the link type of its first bytes, one of {@link LinkType}'s numbers
   * @param nanos when it was seen, nanoseconds since the epoch
   */
  void packet(MemorySegment memory, long offset, int captured, int wire, int link, long nanos);
}
