/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.api.link;

import io.sallyport.api.dpi.Direction;
import io.sallyport.api.dpi.Message;
import io.sallyport.api.flow.FlowRecord;

/** A message that a parser read, with its flow as it stood. */
public record FlowMessage(FlowRecord flow, Direction direction, Message message) {}
