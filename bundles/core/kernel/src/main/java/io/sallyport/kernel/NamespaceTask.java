/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Something to do inside a namespace.
 *
 * @param <T> what it gives
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface NamespaceTask<T extends @Nullable Object, X extends Exception> {
  /** Runs inside the namespace, on a thread that ends afterwards. */
  T run() throws X;
}
