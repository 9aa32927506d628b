/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.internal.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Reads what programs write into a ring buffer map. One thread consumes, and closes. What the
 * handler throws ends the call of {@link #consume} or {@link #poll}, once the kernel's record has
 * been given back: no record is read twice.
 */
public final class BpfRingBuffer implements AutoCloseable {
  /** Takes one record, which is valid during the call only. */
  @FunctionalInterface
  public interface Handler {
    /** Takes a record of the program's; its size is the segment's. */
    void record(MemorySegment bytes);
  }

  private static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);

  private final Upcall upcall;
  private final Arena arena;
  private final MemorySegment ring;
  private boolean open = true;

  private BpfRingBuffer(Upcall upcall, Arena arena, MemorySegment ring) {
    this.upcall = upcall;
    this.arena = arena;
    this.ring = ring;
  }

  /** A reader of a map of type ring buffer. */
  public static BpfRingBuffer open(BpfMap map, Handler handler) {
    Arena arena = Arena.ofShared();
    Upcall upcall = new Upcall(handler, arena);
    StringBuilder log = new StringBuilder();
    MemorySegment callback = Native.upcall(upcall.handle(), CALLBACK, arena);
    MemorySegment ring =
        Libbpf.logged(
            log,
            () -> RingCalls.newRing(map.fd(), callback, MemorySegment.NULL, MemorySegment.NULL));
    if (ring.address() == 0) {
      int errno = Native.errno();
      arena.close();
      throw new BpfException("read ring buffer " + map.name(), errno, log.toString());
    }
    return new BpfRingBuffer(upcall, arena, ring);
  }

  /** The number of a descriptor to wait for, which this owns. */
  public int fd() {
    return RingCalls.ringFd(ring());
  }

  /** Hands over what is there: how many records. */
  public int consume() {
    return finish(RingCalls.consumeRing(ring()));
  }

  /** Waits until something is there, then hands it over: how many records, 0 after the time. */
  public int poll(int millis) {
    return finish(RingCalls.pollRing(ring(), millis));
  }

  @Override
  public void close() {
    if (open) {
      // First, so that nobody touches a record once libbpf has unmapped it.
      arena.close();
      open = false;
      RingCalls.freeRing(ring);
    }
  }

  private MemorySegment ring() {
    if (!open) {
      throw new IllegalStateException("the ring buffer is closed");
    }
    return ring;
  }

  private int finish(int result) {
    upcall.rethrow();
    if (result < 0 && !Errno.EINTR.is(result)) {
      throw new BpfException("read ring buffer", result, "");
    }
    return Math.max(0, result);
  }

  /** What libbpf calls. An exception may not pass through native code, so it waits here. */
  private static final class Upcall {
    private static final int STOP = -Errno.ECANCELED.code();

    private final Handler handler;
    private final Arena arena;
    private @Nullable Throwable thrown;

    Upcall(Handler handler, Arena arena) {
      this.handler = handler;
      this.arena = arena;
    }

    MethodHandle handle() {
      try {
        return MethodHandles.lookup()
            .bind(
                this,
                "record",
                MethodType.methodType(
                    int.class, MemorySegment.class, MemorySegment.class, long.class));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the record method of this class is not found", e);
      }
    }

    @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // found by name; libbpf gives three
    int record(MemorySegment context, MemorySegment data, long size) {
      try {
        handler.record(Native.memory(data, size, arena));
        return 0;
      } catch (Throwable t) {
        thrown = t;
        return STOP;
      }
    }

    void rethrow() {
      Throwable waiting = thrown;
      if (waiting != null) {
        thrown = null;
        throw Native.unexpected(waiting);
      }
    }
  }
}
