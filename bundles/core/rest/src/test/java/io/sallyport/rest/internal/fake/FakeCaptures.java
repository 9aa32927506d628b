/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.rest.internal.fake;

import io.sallyport.api.network.PacketCaptures;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Captures of nothing, 4,000 bytes long. */
public final class FakeCaptures implements PacketCaptures {
  private final List<PacketCapture> captures = new CopyOnWriteArrayList<>();

  @Override
  public String start(String workloadId, Duration duration, String filter) {
    String id = "capture-" + (captures.size() + 1);
    captures.add(
        new PacketCapture(
            id, workloadId, "node-1", PacketCapture.State.RUNNING, 24, FakeModel.NANOS, ""));
    return id;
  }

  @Override
  public List<PacketCapture> list() {
    return captures;
  }

  @Override
  public void stop(String id) {
    captures.replaceAll(
        each ->
            each.id().equals(id)
                ? new PacketCapture(
                    id,
                    each.workloadId(),
                    each.nodeId(),
                    PacketCapture.State.STOPPED,
                    each.bytes(),
                    each.startedAt(),
                    "")
                : each);
  }

  @Override
  public void delete(String id) {
    captures.removeIf(each -> each.id().equals(id));
  }

  @Override
  public InputStream open(String id) {
    return new ByteArrayInputStream(new byte[4_000]);
  }
}
