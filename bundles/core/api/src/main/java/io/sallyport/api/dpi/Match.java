/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

/** A parser's answer to the first bytes of a flow. */
public enum Match {
  /** The flow speaks this parser's protocol. */
  YES,
  /** It does not, whatever follows. */
  NO,
  /** It may: ask again with more bytes, or with the other direction. */
  MORE
}
