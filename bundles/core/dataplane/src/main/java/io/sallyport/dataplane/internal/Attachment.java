/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.PacketHandler;
import org.jspecify.annotations.Nullable;

/** An open capture at its duty loop. What is not final belongs to the loop. */
final class Attachment {
  final Watch watch;
  final CaptureBackend backend;
  final Capture capture;
  @Nullable Scope scope;
  @Nullable PacketHandler handler;

  Attachment(Watch watch, CaptureBackend backend, Capture capture) {
    this.watch = watch;
    this.backend = backend;
    this.capture = capture;
  }
}
