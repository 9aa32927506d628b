/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.ring.internal;

import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NamespaceGoneException;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.packet.PacketRing;
import io.sallyport.kernel.packet.RingSpec;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Opens packet rings in network namespaces. */
final class Rings {
  static final CaptureTarget OWN_NAMESPACE = new CaptureTarget("/proc/self/ns/net", "this host", 0);

  /** Nearly the longest packet fits: 64 KiB that the kernel has not cut into segments yet. */
  private static final int BLOCK_BYTES = 64 << 10;

  /** A ring is memory that is taken for good, and a host has a hundred of them. */
  private static final int BLOCKS = 8;

  /**
   * Each ring's timer interrupts the host that often, also when nothing comes; and each time it
   * gives out a block, however little is in it: a reader may be late by this times the blocks.
   */
  private static final int RETIRE_MILLIS = 100;

  private Rings() {}

  static PacketRing open(CaptureTarget target, UnaryOperator<RingSpec> refine) {
    RingSpec spec = refine.apply(RingSpec.everything(BLOCK_BYTES, BLOCKS).retiring(RETIRE_MILLIS));
    try {
      return NetworkNamespace.call(Path.of(target.namespacePath()), () -> PacketRing.open(spec));
    } catch (NamespaceGoneException e) {
      throw new CaptureException(target.name() + " has ended", e);
    } catch (KernelException e) {
      throw new CaptureException(
          "cannot capture the packets of " + target.name() + ": " + e.getMessage(), e);
    }
  }
}
