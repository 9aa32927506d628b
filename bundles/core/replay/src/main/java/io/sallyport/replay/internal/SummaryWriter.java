/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.replay.internal;

import io.sallyport.api.flow.FlowRecord;
import io.sallyport.api.flow.FlowReplay.Summary;
import java.io.IOException;

/** Only the totals. */
final class SummaryWriter implements FlowWriter {
  private final Output out;
  private final Totals totals = new Totals();

  SummaryWriter(Output out) {
    this.out = out;
  }

  @Override
  public void begin(String file) {
    // Files are only counted, once they have been read.
  }

  @Override
  public void flow(FlowRecord flow) {
    totals.flow(flow);
  }

  @Override
  public void end(Summary summary) {
    totals.file(summary);
  }

  @Override
  public void close() throws IOException {
    totals.print(out.text());
    out.flush();
  }
}
