/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.PacketFileReader;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.flow.FlowReplay;
import io.sallyport.api.inspection.ProtocolEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs packet files through a road of their own. Any thread, several at once. */
@Component
public final class FileReplay implements FlowReplay {
  private static final FlowLimits LIMITS = new FlowLimits(1_000_000, 64, 16 << 20, false);

  private final ProtocolEngine engine;
  private final List<PacketFileReader> readers;

  /** With the readers of all formats there are. */
  @Activate
  public FileReplay(
      @Reference ProtocolEngine engine,
      @Reference(policyOption = ReferencePolicyOption.GREEDY) List<PacketFileReader> readers) {
    this.engine = engine;
    this.readers = readers;
  }

  @Override
  public Summary replay(Path file, FlowObserver observer) {
    for (PacketFileReader reader : readers) {
      if (reader.reads(file)) {
        try (Capture capture = reader.open(file)) {
          return replay(capture, file, observer);
        }
      }
    }
    throw new CaptureException(file + " is no packet capture: neither pcap nor pcapng", null);
  }

  private Summary replay(Capture capture, Path file, FlowObserver observer) {
    Counters counters = new Counters();
    Scope scope = new Scope(0, "", observer, Long.MAX_VALUE, null);
    FileWork work = new FileWork(capture, scope, LIMITS, counters);
    OwnerThread owner = new OwnerThread("replay " + file.getFileName(), engine, work);
    owner.start();
    try {
      owner.done().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new CaptureException(
          file + " could not be read to its end: " + (cause == null ? e : cause).getMessage(),
          cause);
    }
    return new Summary(
        counters.get(Counter.PACKETS),
        counters.get(Counter.BYTES),
        counters.get(Counter.FLOWS),
        capture.problem());
  }
}
