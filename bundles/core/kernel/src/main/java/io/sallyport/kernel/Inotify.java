/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sallyport.kernel.internal.EventCalls;
import io.sallyport.kernel.internal.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Tells what happens to files and folders. Unlike java.nio's watch service it has a descriptor to
 * wait for, and needs no thread. For one thread.
 */
public final class Inotify implements AutoCloseable {
  /** Written to; uapi/linux/inotify.h. */
  public static final int IN_MODIFY = 0x2;

  /** Closed after it was open for writing. */
  public static final int IN_CLOSE_WRITE = 0x8;

  /** Something moved out of the folder. */
  public static final int IN_MOVED_FROM = 0x40;

  /** Something moved into the folder. */
  public static final int IN_MOVED_TO = 0x80;

  /** Something new in the folder. */
  public static final int IN_CREATE = 0x100;

  /** Something removed from the folder. */
  public static final int IN_DELETE = 0x200;

  /** What is watched has itself been removed. */
  public static final int IN_DELETE_SELF = 0x400;

  /** Events were lost: look at everything anew. The watch is -1. */
  public static final int IN_Q_OVERFLOW = 0x4000;

  /** The watch has ended. */
  public static final int IN_IGNORED = 0x8000;

  /** What the event is about is a folder. */
  public static final int IN_ISDIR = 0x40000000;

  // struct inotify_event { int wd; u32 mask; u32 cookie; u32 len; char name[] }
  private static final int HEADER = 16;
  private static final int MASK = 4;
  private static final int LENGTH = 12;
  private static final int BUFFER = 1 << 14;

  private final Fd fd;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER, Integer.BYTES);

  private Inotify(Fd fd) {
    this.fd = fd;
  }

  /** Takes an event. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes an event.
     *
     * @param watch what {@link Inotify#watch} gave
     * @param mask IN_*
     * @param name the name inside a watched folder; empty if it is the watched file itself
     */
    void event(int watch, int mask, String name);
  }

  /** Watches nothing yet. */
  public static Inotify create() {
    int result = EventCalls.inotifyInit1(Fd.O_CLOEXEC | Fd.O_NONBLOCK);
    return new Inotify(Fd.own((int) KernelException.check(result, "inotify_init1")));
  }

  /** To wait for. */
  public Fd fd() {
    return fd;
  }

  /** Watches a file or folder for events IN_*: the number that its events carry. */
  public int watch(Path path, int mask) {
    try (Arena arena = Arena.ofConfined()) {
      int result =
          EventCalls.inotifyAddWatch(fd.number(), arena.allocateFrom(path.toString()), mask);
      return KernelException.check(result, "watch", path);
    }
  }

  /** Ends a watch. One that has ended by itself is no error. */
  public void unwatch(int watch) {
    int result = EventCalls.inotifyRmWatch(fd.number(), watch);
    if (!Errno.EINVAL.is(result)) {
      KernelException.check(result, "end watch", watch);
    }
  }

  /** Hands over the events that are there, without waiting: how many. */
  public int drain(Listener listener) {
    int count = 0;
    while (true) {
      long size = fd.read(buffer);
      if (Errno.EAGAIN.is(size) || Errno.EINTR.is(size)) {
        return count;
      }
      KernelException.check(size, "read inotify");
      for (long at = 0; at + HEADER <= size; count++) {
        int length = buffer.get(JAVA_INT, at + LENGTH);
        String name = length == 0 ? "" : Native.text(buffer.asSlice(at + HEADER, length), length);
        listener.event(buffer.get(JAVA_INT, at), buffer.get(JAVA_INT, at + MASK), name);
        at += HEADER + length;
      }
    }
  }

  @Override
  public void close() {
    fd.close();
  }
}
