/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.flow;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Told what becomes of flows, on the thread that owns them: it must be quick and must not block.
 */
@ProviderType
public interface FlowObserver {
  /**
   * A flow is new, has been identified, has moved since the last interval, or has ended ({@link
   * FlowState#CLOSED}, the last call for it). Every flow is reported at least once.
   */
  void flow(FlowRecord flow);

  /** A parser has read a message; {@code flow} is as it stands at that moment. */
  void message(FlowRecord flow, Direction direction, Message message);
}
