/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

/** Another thread has taken over. The thread that gets this has nothing more to do here. */
public final class CursorRevokedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CursorRevokedException() {
    super("another thread has taken over from this one");
  }
}
