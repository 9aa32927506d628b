/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Probe;
import org.osgi.service.component.annotations.Component;
import org.pcap4j.core.Pcaps;

/** Live capture by libpcap: works nearly everywhere, and costs the most. */
@Component
public final class Pcap4jBackend implements CaptureBackend {
  @Override
  public String name() {
    return "pcap4j";
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public Probe probe() {
    try {
      LiveHandle.open(new CaptureTarget("/proc/self/ns/net", "this host", 0), "").close();
      return Probe.available(Pcaps.libVersion());
    } catch (CaptureException e) {
      return Probe.unavailable(e.getMessage());
    }
  }

  @Override
  public Capture open(CaptureTarget target) {
    return PumpedCapture.start(LiveHandle.open(target, ""));
  }
}
