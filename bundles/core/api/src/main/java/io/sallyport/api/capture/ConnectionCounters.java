/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

/** Packets and bytes of a connection since it began, by direction of the key asked for. */
public final class ConnectionCounters {
  public long packetsForward;
  public long bytesForward;
  public long packetsBackward;
  public long bytesBackward;

  /** All zero. */
  public ConnectionCounters() {}
}
