/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcap4j.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NetworkNamespace;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Opens libpcap on all interfaces of a namespace. */
final class LiveHandle {
  private static final String ALL_INTERFACES = "any";
  private static final int SNAPSHOT = 262_144;
  private static final int TIMEOUT_MILLIS = 50;
  private static final long PAUSE_NANOS = Duration.ofMillis(10).toNanos();

  private LiveHandle() {}

  /**
   * Opens a handle; it stays in the namespace whichever thread uses it.
   *
   * @param filter a pcap filter expression, empty for everything
   */
  static PcapHandle open(CaptureTarget target, String filter) {
    try {
      PcapHandle handle =
          NetworkNamespace.call(
              Path.of(target.namespacePath()),
              () ->
                  new PcapHandle.Builder(ALL_INTERFACES)
                      .snaplen(SNAPSHOT)
                      .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                      .timeoutMillis(TIMEOUT_MILLIS)
                      .build());
      if (!filter.isEmpty()) {
        restrict(handle, filter);
      }
      // A blocking handle does not return while nothing comes, whatever its timeout.
      handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
      return handle;
    } catch (PcapNativeException | NotOpenException | KernelException e) {
      throw new CaptureException(
          "cannot capture the packets of " + target.name() + ": " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new CaptureException(
          "libpcap cannot be loaded; install it with: apt install libpcap0.8", e);
    }
  }

  /** The next packet, null when none came for a moment. */
  static byte @Nullable [] next(PcapHandle handle)
      throws PcapNativeException, NotOpenException, EOFException {
    try {
      return handle.getNextRawPacketEx();
    } catch (TimeoutException e) {
      LockSupport.parkNanos(PAUSE_NANOS);
      return null;
    }
  }

  private static void restrict(PcapHandle handle, String filter) {
    try {
      handle.setFilter(filter, BpfProgram.BpfCompileMode.OPTIMIZE);
    } catch (PcapNativeException | NotOpenException e) {
      handle.close();
      throw new CaptureException(
          "the filter \"" + filter + "\" is not a pcap filter: " + e.getMessage(), e);
    }
  }
}
