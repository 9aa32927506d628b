/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.nv;

import io.sallyport.api.common.IpAddress;
import io.sallyport.rest.internal.nv.WorkloadStructs.RestIpAddr;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How times, counts and addresses look in NeuVector's structs. */
public final class Texts {
  private static final long UINT32_MAX = 0xffff_ffffL;

  private Texts() {}

  /** RFC 3339 in seconds; empty for null. */
  static String time(@Nullable Instant instant) {
    return instant == null ? "" : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** The same of nanoseconds since the epoch; empty for 0. */
  static String time(long nanos) {
    return nanos == 0 ? "" : time(Instant.ofEpochSecond(seconds(nanos)));
  }

  /** Seconds of nanoseconds. */
  public static long seconds(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(nanos);
  }

  /** A count for which NeuVector has 32 bits. */
  static long uint32(long count) {
    return Math.clamp(count, 0, UINT32_MAX);
  }

  /**
   * Addresses by interface. The interfaces' names are not known, so all are under the empty name,
   * each with the prefix of an address alone.
   */
  static Map<String, List<RestIpAddr>> interfaces(List<IpAddress> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
    return Map.of(
        "",
        addresses.stream()
            .map(address -> new RestIpAddr(address.toString(), address.isV4() ? 32 : 128, ""))
            .toList());
  }
}
