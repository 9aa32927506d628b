/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.dpi;

import org.osgi.annotation.versioning.ProviderType;

/** Where a session says what it has read. Called from within the session's own calls only. */
@ProviderType
public interface Sink {
  /**
   * One message of the protocol. Its fields become attributes of the flow: of each name the first
   * 16 different values are kept, and of each value 1,024 characters.
   */
  void message(Direction direction, Message message);
}
