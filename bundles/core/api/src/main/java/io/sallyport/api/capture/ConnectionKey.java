/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.capture;

/**
 * A connection by its endpoints, in mutable form so that one can be used again for many look-ups.
 * Addresses as in {@link io.sallyport.api.common.IpAddress}.
 */
public final class ConnectionKey {
  public long sourceHigh;
  public long sourceLow;
  public long destinationHigh;
  public long destinationLow;
  public int sourcePort;
  public int destinationPort;

  /** The IP protocol number. */
  public int protocol;

  /** All zero. */
  public ConnectionKey() {}
}
