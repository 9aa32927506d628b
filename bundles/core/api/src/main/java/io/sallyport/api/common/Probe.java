/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

/**
 * What a provider found when it tried, on this host, what it is there for. A probe really opens,
 * loads or attaches something and undoes it; it does not read configuration and hope.
 *
 * @param available whether the provider works here
 * @param detail one line for the user: what works, or what is missing and what to do about it
 */
public record Probe(boolean available, String detail) {
  /** It works. */
  public static Probe available(String detail) {
    return new Probe(true, detail);
  }

  /** It does not work here; {@code detail} says why and what would help. */
  public static Probe unavailable(String detail) {
    return new Probe(false, detail);
  }
}
