/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.capture.pcapfile.internal;

import io.sallyport.api.capture.CaptureException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file as memory. Shared by threads, since a capture can change its owner; a thread that reads
 * after the end gets an exception, not another's memory.
 */
final class MappedFile implements AutoCloseable {
  private final Path path;
  private final Arena arena;
  private final MemorySegment memory;
  private final AtomicBoolean closed = new AtomicBoolean();

  private MappedFile(Path path, Arena arena, MemorySegment memory) {
    this.path = path;
    this.arena = arena;
    this.memory = memory;
  }

  static MappedFile map(Path path) {
    if (Files.isDirectory(path)) {
      throw new CaptureException(path + " is a directory", null);
    }
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path)) {
      return new MappedFile(path, arena, channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException e) {
      arena.close();
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

  MemorySegment memory() {
    return memory;
  }

  long size() {
    return memory.byteSize();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }
}
