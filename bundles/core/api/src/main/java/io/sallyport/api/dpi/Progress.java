/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

/** A session's answer to bytes. */
public enum Progress {
  /**
   * Go on. What the session did not consume is kept and offered again with more behind it, up to
   * the engine's bound of 64 KiB a direction; a session that wants more than that is ended.
   */
  CONTINUE,
  /**
   * Enough: the session needs no more bytes, <em>and</em> nothing that may follow can change which
   * application this is. Only then may an inline verdict become final.
   */
  DONE,
  /**
   * From the first byte not consumed on, the flow speaks something else (CONNECT, Upgrade): the
   * engine identifies it anew and keeps what was read.
   */
  SWITCH,
  /**
   * From the first byte not consumed on, the same protocol goes on inside another, as a rule TLS
   * (STARTTLS, SSLRequest): the engine looks for a parser that can read that one, adds what it
   * reads, and keeps the application, which from now on nothing can change.
   */
  WRAPPED,
  /** The session has lost its place. The application stays; nothing more is read. */
  LOST,
  /** This is not the parser's protocol after all. The flow goes on unidentified. */
  NOT_MINE
}
