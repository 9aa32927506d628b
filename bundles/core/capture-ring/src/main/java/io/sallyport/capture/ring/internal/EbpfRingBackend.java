/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.ring.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Probe;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.bpf.BpfUnavailableException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** A packet ring behind an eBPF filter that passes the first bytes of each flow only. */
@Component
public final class EbpfRingBackend implements CaptureBackend {
  private @Nullable FlowFilter filter;

  @Override
  public String name() {
    return "ring-ebpf";
  }

  @Override
  public int rank() {
    return 400;
  }

  @Override
  public Probe probe() {
    try (Capture own = open(Rings.OWN_NAMESPACE)) {
      return Probe.available("packet ring, eBPF filter (descriptor " + own.fileDescriptor() + ")");
    } catch (CaptureException e) {
      return Probe.unavailable(e.getMessage());
    }
  }

  @Override
  public Capture open(CaptureTarget target) {
    FlowFilter.Ring program;
    try {
      program = filter().ring(target.fullBytes());
    } catch (BpfUnavailableException e) {
      throw new CaptureException("libbpf is missing; apt install libbpf1", e);
    } catch (KernelException e) {
      throw new CaptureException("the kernel refuses the eBPF filter: " + e.getMessage(), e);
    }
    try {
      return new RingCapture(Rings.open(target, spec -> spec.through(program.program())), program);
    } catch (RuntimeException e) {
      program.close();
      throw e;
    }
  }

  private synchronized FlowFilter filter() {
    FlowFilter current = filter;
    if (current == null) {
      current = FlowFilter.load();
      filter = current;
    }
    return current;
  }

  /** Called by Declarative Services. */
  @Deactivate
  public synchronized void deactivate() {
    if (filter != null) {
      filter.close();
      filter = null;
    }
  }
}
