/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 or IPv6 address as two longs, so that it can live in arrays and keys without an object.
 * IPv4 is kept in its mapped form, {@code ::ffff:a.b.c.d}, and printed without the prefix.
 *
 * @param high the first eight bytes, in network order
 * @param low the last eight bytes, in network order
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {
  private static final long MAPPED = 0xffffL << 32;

  /** The address of a packed IPv4 address, in network order. */
  public static IpAddress ofV4(int address) {
    return new IpAddress(0, MAPPED | Integer.toUnsignedLong(address));
  }

  /** The low word of the mapped form of a packed IPv4 address. */
  public static long mappedLow(int address) {
    return MAPPED | Integer.toUnsignedLong(address);
  }

  /** The address in 4 or 16 bytes in network order. */
  public static IpAddress of(byte[] bytes) {
    if (bytes.length == 4) {
      return ofV4((int) word(bytes, 0, 4));
    }
    if (bytes.length == 16) {
      return new IpAddress(word(bytes, 0, 8), word(bytes, 8, 8));
    }
    throw new IllegalArgumentException(
        "an address has 4 or 16 bytes, this one has " + bytes.length);
  }

  /** The address of a JDK address. */
  public static IpAddress of(InetAddress address) {
    return of(address.getAddress());
  }

  /**
   * Reads the textual form; never asks a name server.
   *
   * @throws IllegalArgumentException when the text is no address
   */
  public static IpAddress parse(String text) {
    try {
      return of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an IP address: " + text, e);
    }
  }

  /** Whether this is an IPv4 address. */
  public boolean isV4() {
    return high == 0 && (low >>> 32) == 0xffffL;
  }

  /** Whether this is 127.0.0.0/8 or ::1. */
  public boolean isLoopback() {
    return isV4() ? (low >>> 24 & 0xff) == 127 : high == 0 && low == 1;
  }

  /** Whether this is a multicast address, or IPv4's limited broadcast. */
  public boolean isMulticast() {
    if (isV4()) {
      return (low >>> 28 & 0xf) == 0xe || (int) low == -1;
    }
    return high >>> 56 == 0xff;
  }

  /** Four or sixteen bytes in network order. */
  public byte[] bytes() {
    byte[] bytes = new byte[isV4() ? 4 : 16];
    if (bytes.length == 4) {
      put(bytes, 0, low, 4);
    } else {
      put(bytes, 0, high, 8);
      put(bytes, 8, low, 8);
    }
    return bytes;
  }

  /** The same address for the JDK's own network classes. */
  public InetAddress inet() {
    try {
      return InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int compareTo(IpAddress other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  /** Dotted quad, or IPv6 with the longest run of zeros compressed (RFC 5952). */
  @Override
  public String toString() {
    if (isV4()) {
      return (low >>> 24 & 0xff)
          + "."
          + (low >>> 16 & 0xff)
          + "."
          + (low >>> 8 & 0xff)
          + "."
          + (low & 0xff);
    }
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int length = 0;
      while (i + length < 8 && group(i + length) == 0) {
        length++;
      }
      if (length > bestLength) {
        bestStart = i;
        bestLength = length;
      }
      i += length;
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append("::");
        i += bestLength - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(i)));
    }
    return text.toString();
  }

  private int group(int index) {
    long word = index < 4 ? high : low;
    return (int) (word >>> (48 - 16 * (index & 3))) & 0xffff;
  }

  private static long word(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = (value << 8) | (bytes[from + i] & 0xff);
    }
    return value;
  }

  private static void put(byte[] bytes, int from, long value, int count) {
    for (int i = 0; i < count; i++) {
      bytes[from + i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
  }
}
