/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace, held open: it does not go away before this is closed, even if its container
 * does, so close it soon. Safe for use by many threads.
 *
 * <p>Sockets belong for life to the namespace in which they were created: open them in {@link
 * #call}, use them from any thread.
 */
public final class NetworkNamespace implements AutoCloseable {
  private final NamespaceHandle handle;

  private NetworkNamespace(NamespaceHandle handle) {
    this.handle = handle;
  }

  /**
   * Opens a namespace.
   *
   * @param path /proc/PID/ns/net, /run/netns/NAME or the like
   * @throws NamespaceGoneException if nothing is there: the process has ended
   */
  public static NetworkNamespace open(Path path) {
    return new NetworkNamespace(NamespaceHandle.open(path, NamespaceHandle.CLONE_NEWNET));
  }

  /** Opens the namespace of a process. */
  public static NetworkNamespace ofProcess(int pid) {
    return open(Path.of("/proc/" + pid + "/ns/net"));
  }

  /** Opens the namespace of this process. */
  public static NetworkNamespace own() {
    return open(Path.of("/proc/self/ns/net"));
  }

  /** A new, empty namespace without a name. It ends when this and its last socket are closed. */
  public static NetworkNamespace create() {
    return new NetworkNamespace(NamespaceHandle.create(NamespaceHandle.CLONE_NEWNET, "net"));
  }

  /** Opens a namespace, runs a task in it, and closes it. */
  public static <T extends @Nullable Object, X extends Exception> T call(
      Path path, NamespaceTask<T, X> task) throws X {
    try (NetworkNamespace namespace = open(path)) {
      return namespace.call(task);
    }
  }

  /** Which namespace this is. */
  public NamespaceId id() {
    return handle.id();
  }

  /** The descriptor that holds the namespace open; /proc/PID/fd/NUMBER is a path to it. */
  public Fd fd() {
    return handle.fd();
  }

  /**
   * Runs a task inside the namespace, on a new platform thread that ends with it, and waits for it.
   * An interrupt does not end the wait; it is kept. Inside, {@code /proc/net} and {@code
   * /proc/self} still show the namespace of the process, and so do parts of java.net that read
   * them: use {@code /proc/thread-self}, or sockets.
   *
   * @return what the task gave
   * @throws X what the task threw
   * @throws KernelException if the namespace cannot be entered; CAP_SYS_ADMIN is needed
   */
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
    return "network namespace " + handle;
  }
}
