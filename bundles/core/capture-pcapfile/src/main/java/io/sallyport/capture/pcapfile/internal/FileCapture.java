/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import io.sallyport.api.capture.Capture;
import io.sallyport.api.capture.CaptureStatistics;
import io.sallyport.api.capture.ConnectionCounters;
import io.sallyport.api.capture.ConnectionKey;
import io.sallyport.api.capture.PacketHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Walks over a file, record by record. What a format adds is how to find the next packet. The
 * position moves past a packet before the packet is handed out, so that another thread can go on
 * where one got lost.
 */
abstract sealed class FileCapture implements Capture permits PcapCapture, PcapngCapture {
  // A packet larger than this does not exist; libpcap's own limit for any link type.
  static final int MAX_PACKET = 128 << 20;

  private final PacketFile file;
  private long position;
  private long packets;
  private String problem = "";

  // The packet that advance() has found.
  private long packetOffset;
  private int packetCaptured;
  private int packetWire;
  private int packetLink;
  private long packetNanos;

  FileCapture(PacketFile file) {
    this.file = file;
    file.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Finds the next packet, moves past it and calls {@link #found}; false at the end. */
  abstract boolean advance();

  final void order(ByteOrder newOrder) {
    file.order(newOrder);
  }

  final ByteOrder order() {
    return file.order();
  }

  /** Where in {@link #view} so many bytes of the file are. */
  final int at(long offset, int count) {
    return file.at(offset, count);
  }

  final ByteBuffer view() {
    return file.view();
  }

  final int word(long offset) {
    // Finding the place may change the view.
    int at = at(offset, Integer.BYTES);
    return view().getInt(at);
  }

  final int half(long offset) {
    int at = at(offset, Short.BYTES);
    return view().getShort(at) & 0xffff;
  }

  final int octet(long offset) {
    int at = at(offset, Byte.BYTES);
    return view().get(at) & 0xff;
  }

  final long size() {
    return file.size();
  }

  final long position() {
    return position;
  }

  final void position(long offset) {
    position = offset;
  }

  final long remaining() {
    return file.size() - position;
  }

  final void found(long offset, int captured, int wire, int link, long nanos) {
    packetOffset = offset;
    packetCaptured = captured;
    packetWire = Math.max(wire, captured);
    packetLink = link;
    packetNanos = nanos;
  }

  final boolean damaged(String what) {
    problem = what;
    position = file.size();
    return false;
  }

  @Override
  public final int fileDescriptor() {
    return -1;
  }

  @Override
  public final int poll(PacketHandler handler, int limit) {
    int count = 0;
    while (count < limit && advance()) {
      count++;
      packets++;
      int at = file.at(packetOffset, packetCaptured);
      handler.packet(file.memory(), at, packetCaptured, packetWire, packetLink, packetNanos);
    }
    return count == 0 && limit > 0 ? -1 : count;
  }

  @Override
  public final boolean counters(ConnectionKey key, ConnectionCounters into) {
    return false;
  }

  @Override
  public final CaptureStatistics statistics() {
    return new CaptureStatistics(packets, 0, 0);
  }

  @Override
  public final String problem() {
    return problem;
  }

  @Override
  public final void close() {
    file.close();
  }
}
