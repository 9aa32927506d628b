/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mount namespace, held open. What runs in it sees another file system, where the files of this
 * program may be absent: load the classes that a task needs before, and keep the task small.
 */
public final class MountNamespace implements AutoCloseable {
  private final NamespaceHandle handle;

  private MountNamespace(NamespaceHandle handle) {
    this.handle = handle;
  }

  /**
   * Opens a namespace.
   *
   * @param path /proc/PID/ns/mnt or the like
   * @throws NamespaceGoneException if nothing is there: the process has ended
   */
  public static MountNamespace open(Path path) {
    return new MountNamespace(NamespaceHandle.open(path, NamespaceHandle.CLONE_NEWNS));
  }

  /** Which namespace this is. */
  public NamespaceId id() {
    return handle.id();
  }

  /** As {@link NetworkNamespace#call(NamespaceTask)}. */
  public <T extends @Nullable Object, X extends Exception> T call(NamespaceTask<T, X> task)
      throws X {
    return handle.call(task);
  }

  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    return "mount namespace " + handle;
  }
}
