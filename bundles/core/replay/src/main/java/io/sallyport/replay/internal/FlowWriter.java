/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.io.IOException;

/** Shows flows. */
interface FlowWriter {
  /** The flows of this file follow. */
  void begin(String file);

  /** A flow. */
  void flow(FlowRecord flow);

  /** The file has been read. */
  void end(Summary summary) throws IOException;

  /** Nothing more comes. */
  void close() throws IOException;
}
