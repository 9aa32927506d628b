/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

/**
 * How one parser does.
 *
 * @param application what it names
 * @param bundle the symbolic name of the bundle it came in
 * @param version that bundle's version
 * @param state whether it is asked
 * @param flows flows that it has recognised
 * @param calls calls into the plugin
 * @param nanos time spent in them; once a parser has been called a thousand times, one call in 16,
 *     picked at random, is timed and counts for all of them
 * @param errors calls that threw; each has cost its flow
 * @param hangs calls that did not return in time; each has cost a thread
 * @param problem what went wrong last, for the user; empty when nothing did
 */
public record ParserStatus(
    Application application,
    String bundle,
    String version,
    State state,
    long flows,
    long calls,
    long nanos,
    long errors,
    long hangs,
    String problem) {
  /** Whether a parser is asked. */
  public enum State {
    /** It is asked for every new flow. */
    ACTIVE,
    /** It did not return from a call and rests for a while; then it is asked again. */
    SUSPENDED
  }
}
