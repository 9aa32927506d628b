/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.inspection;

/**
 * Tells a thread that was given up for lost, and has come back after all, that its work has gone to
 * another: it must touch nothing and end. Carries no stack trace.
 */
public final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The one message. */
  public AbandonedException() {
    super("this thread's work was handed to another", null, false, false);
  }
}
