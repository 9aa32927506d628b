/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import io.sallyport.kernel.internal.ProcessCalls;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** An open namespace of any kind, and how to run something in it. */
final class NamespaceHandle implements AutoCloseable {
  // uapi/linux/sched.h
  static final int CLONE_NEWNET = 0x40000000;
  static final int CLONE_NEWNS = 0x00020000;
  static final int CLONE_FS = 0x00000200;

  private final Fd fd;
  private final int kind;
  private final String name;
  private final NamespaceId id;

  private NamespaceHandle(Fd fd, int kind, String name, NamespaceId id) {
    this.fd = fd;
    this.kind = kind;
    this.name = name;
    this.id = id;
  }

  static NamespaceHandle open(Path path, int kind) {
    Fd fd;
    try {
      fd = Fd.open(path, Fd.O_RDONLY);
    } catch (KernelException e) {
      throw switch (e.errno()) {
        case ENOENT, ESRCH -> new NamespaceGoneException(path, e.errno(), e);
        default -> e;
      };
    }
    try {
      NamespaceId id = NamespaceId.of(Path.of("/proc/self/fd/" + fd.number()));
      return new NamespaceHandle(fd, kind, path.toString(), id);
    } catch (RuntimeException e) {
      fd.close();
      throw e;
    }
  }

  /** A new namespace that lives as long as this handle, or something else that holds it. */
  static NamespaceHandle create(int kind, String file) {
    return onOwnThread(
        "namespace-creator",
        () -> {
          KernelException.check(ProcessCalls.unshare(kind), "unshare", file);
          return open(Path.of("/proc/thread-self/ns/" + file), kind);
        });
  }

  NamespaceId id() {
    return id;
  }

  Fd fd() {
    return fd;
  }

  <T extends @Nullable Object, X extends Exception> T call(NamespaceTask<T, X> task) throws X {
    return onOwnThread(
        "namespace-" + id.inode(),
        () -> {
          enter();
          return task.run();
        });
  }

  private void enter() {
    if (kind == CLONE_NEWNS) {
      // The threads of a process share their root and working directory; the kernel refuses to
      // change the mounts under such a thread, so this one gets its own first.
      KernelException.check(ProcessCalls.unshare(CLONE_FS), "unshare", "CLONE_FS");
    }
    KernelException.check(ProcessCalls.setns(fd.number(), kind), "setns", name);
  }

  @Override
  public void close() {
    fd.close();
  }

  @Override
  public String toString() {
    return name + " (" + id + ")";
  }

  /**
   * Runs a task on a thread that begins and ends with it. A namespace belongs to a thread, so no
   * thread that is used again, and no virtual thread's carrier, may ever change its own.
   */
  @SuppressWarnings("unchecked") // the task throws nothing checked but X
  private static <T extends @Nullable Object, X extends Exception> T onOwnThread(
      String threadName, NamespaceTask<T, X> task) throws X {
    FutureTask<T> future = new FutureTask<>(task::run);
    Thread thread = Thread.ofPlatform().name(threadName).daemon().start(future);
    try {
      return awaitUninterrupted(future, thread);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw (X) cause;
    }
  }

  /** What the task opens would be lost if this gave up, so an interrupt is kept for later. */
  private static <T extends @Nullable Object> T awaitUninterrupted(
      FutureTask<T> future, Thread thread) throws ExecutionException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          thread.join();
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
