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
import org.osgi.service.component.annotations.Component;

/** A packet ring that takes everything, for kernels that take no eBPF from us. */
@Component
public final class PlainRingBackend implements CaptureBackend {
  @Override
  public String name() {
    return "ring";
  }

  @Override
  public int rank() {
    return 200;
  }

  @Override
  public Probe probe() {
    try (Capture own = open(Rings.OWN_NAMESPACE)) {
      return Probe.available("packet ring, unfiltered (descriptor " + own.fileDescriptor() + ")");
    } catch (CaptureException e) {
      return Probe.unavailable(e.getMessage());
    }
  }

  @Override
  public Capture open(CaptureTarget target) {
    return new RingCapture(Rings.open(target, spec -> spec), null);
  }
}
