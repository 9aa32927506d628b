/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Probe;
import io.sallyport.capture.nflog.internal.NflogBackend;
import io.sallyport.capture.ring.internal.EbpfRingBackend;
import io.sallyport.capture.ring.internal.PlainRingBackend;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.RawPacketListener;

/**
 * Captures in a network namespace as it is told on its standard input: {@code open NAME}, answered
 * by {@code opened} or {@code unavailable WHY}, and {@code close}, answered by {@code closed PACKETS
 * BYTES DROPPED}. Every packet is looked at: its first byte is read.
 *
 * <p>Usage: {@code java -cp <jars> CaptureHost.java NAMESPACE-PATH}
 */
final class CaptureHost {
  private static final long FULL_BYTES = 16_384;
  private static final int PACKETS_AT_ONCE = 512;
  private static final int WAIT_MILLIS = 50;

  /** Something that captures until it is closed, and then tells packets, bytes and drops. */
  private interface Running {
    String close() throws Exception;
  }

  private static final Map<String, Supplier<CaptureBackend>> BACKENDS =
      Map.of(
          "ring-ebpf", EbpfRingBackend::new,
          "ring", PlainRingBackend::new,
          "nflog", NflogBackend::new);

  private CaptureHost() {}

  public static void main(String[] arguments) throws Exception {
    String namespace = arguments[0];
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Running running = null;
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.startsWith("open ")) {
        String name = line.substring("open ".length());
        try {
          running = name.equals("pcap4j") ? new Pcap4j(namespace) : new Ours(name, namespace);
          System.out.println("opened");
        } catch (Exception | LinkageError e) {
          System.out.println("unavailable " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
      } else if (line.equals("close") && running != null) {
        System.out.println("closed " + running.close());
        running = null;
      }
    }
    if (running != null) {
      running.close();
    }
  }

  /** One of our backends, polled by one thread as the product does. */
  private static final class Ours implements Running {
    private final Capture capture;
    private final Thread thread;
    private volatile boolean ending;
    private long bytes;
    private long looked;

    Ours(String name, String namespace) {
      CaptureBackend backend = BACKENDS.get(name).get();
      Probe probe = backend.probe();
      if (!probe.available()) {
        throw new IllegalStateException(probe.detail());
      }
      capture = backend.open(new CaptureTarget(namespace, "the server", FULL_BYTES));
      thread = Thread.ofPlatform().name("capture").start(this::run);
    }

    private void run() {
      Fd descriptor = Fd.own(capture.fileDescriptor());
      while (!ending) {
        descriptor.poll(Fd.POLLIN, WAIT_MILLIS);
        capture.poll(this::packet, PACKETS_AT_ONCE);
      }
    }

    private void packet(MemorySegment memory, long offset, int captured, int wire, int link, long nanos) {
      looked += memory.get(JAVA_BYTE, offset);
      bytes += captured;
    }

    @Override
    public String close() throws InterruptedException {
      ending = true;
      thread.join();
      CaptureStatistics statistics = capture.statistics();
      capture.close();
      return statistics.packets() + " " + bytes + " " + statistics.dropped();
    }
  }

  /** pcap4j as its documentation uses it, by its fastest listener, which makes no packet objects. */
  private static final class Pcap4j implements Running {
    private static final int SNAPSHOT = 65_536;

    private final PcapHandle handle;
    private final Thread thread;
    private long packets;
    private long bytes;
    private long looked;

    Pcap4j(String namespace) throws Exception {
      handle =
          NetworkNamespace.call(
              Path.of(namespace),
              () ->
                  new PcapHandle.Builder("any")
                      .snaplen(SNAPSHOT)
                      .promiscuousMode(PromiscuousMode.NONPROMISCUOUS)
                      .timeoutMillis(WAIT_MILLIS)
                      .build());
      thread = Thread.ofPlatform().name("pcap4j").start(this::run);
    }

    private void run() {
      RawPacketListener listener =
          packet -> {
            packets++;
            bytes += packet.length;
            looked += packet[0];
          };
      try {
        handle.loop(-1, listener);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        System.err.println("pcap4j: " + e);
      }
    }

    @Override
    public String close() throws Exception {
      PcapStat statistics = handle.getStats();
      handle.breakLoop();
      thread.join(2_000);
      handle.close();
      return packets + " " + bytes + " " + statistics.getNumPacketsDropped();
    }
  }
}
