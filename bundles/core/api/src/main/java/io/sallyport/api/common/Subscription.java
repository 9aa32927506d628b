/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.common;

/** Something that goes on until it is closed. Closing twice does nothing; closing never throws. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
