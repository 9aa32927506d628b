/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import io.sallyport.api.capture.CaptureException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file, of which one stretch at a time is in native memory. Reading into the same small piece of
 * memory costs less than mapping the file: what was just read is in the processor's cache, and no
 * page has to be entered into a table. And a file that somebody cuts short meanwhile is an error,
 * not a fault.
 *
 * <p>One thread at a time; any may close it. The memory is freed by the collector, so that a thread
 * which was lost in the middle of reading it can do no harm.
 */
final class PacketFile implements AutoCloseable {
  private static final int STRETCH = 256 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;
  private MemorySegment memory = MemorySegment.NULL;
  private ByteBuffer view = ByteBuffer.allocate(0);
  private long start;
  private int filled;

  private PacketFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  static PacketFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw new CaptureException(path + " is a directory", null);
    }
    try {
      FileChannel channel = FileChannel.open(path);
      return new PacketFile(path, channel, channel.size());
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static CaptureException unreadable(Path path, IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> new CaptureException(path + " does not exist", e);
      case AccessDeniedException _ ->
          new CaptureException(path + " cannot be read: permission denied", e);
      default -> new CaptureException(path + " cannot be read: " + e.getMessage(), e);
    };
  }

  Path path() {
    return path;
  }

  /** How long it was when it was opened. */
  long size() {
    return size;
  }

  /** The byte order of {@link #view}. */
  void order(ByteOrder newOrder) {
    order = newOrder;
    view.order(newOrder);
  }

  ByteOrder order() {
    return order;
  }

  /**
   * Where in {@link #memory} and {@link #view} so many bytes of the file are, which it has; what
   * was found before may be gone.
   */
  int at(long offset, int count) {
    long index = offset - start;
    if (index < 0 || index + count > filled) {
      load(offset, count);
      return 0;
    }
    return (int) index;
  }

  MemorySegment memory() {
    return memory;
  }

  ByteBuffer view() {
    return view;
  }

  private void load(long offset, int count) {
    if (count > view.capacity() || view.capacity() == 0) {
      memory = Arena.ofAuto().allocate(Math.max(STRETCH, count), Long.BYTES);
      view = memory.asByteBuffer().order(order);
    }
    start = offset;
    filled = 0;
    view.clear();
    try {
      do {
        int read = channel.read(view, offset + filled);
        if (read < 0) {
          throw new CaptureException(path + " has become shorter while it was read", null);
        }
        filled += read;
      } while (filled < count);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
