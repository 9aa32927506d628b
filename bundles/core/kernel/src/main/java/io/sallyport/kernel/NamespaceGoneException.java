/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/**
 * The namespace is no longer there, as its process has ended: a container that stops while it is
 * being looked at. Not a fault; forget the container.
 */
public final class NamespaceGoneException extends KernelException {
  private static final long serialVersionUID = 1L;

  NamespaceGoneException(Path path, Errno errno, Throwable cause) {
    super(
        "open " + path,
        errno.code(),
        "the namespace is gone; the process that it belonged to has ended");
    initCause(cause);
  }

  static KernelException translate(Path path, IOException e) {
    // What a process that is ending gives: java.nio has no type of its own for ESRCH.
    String message = String.valueOf(e.getMessage());
    if (message.contains("No such process")) {
      return new NamespaceGoneException(path, Errno.ESRCH, e);
    }
    Errno errno = e instanceof AccessDeniedException ? Errno.EACCES : Errno.EIO;
    KernelException failure = new KernelException("stat " + path, errno.code(), message);
    failure.initCause(e);
    return failure;
  }
}
