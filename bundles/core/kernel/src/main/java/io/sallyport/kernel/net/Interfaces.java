/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.net;

import io.sallyport.kernel.Errno;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.internal.SocketCalls;
import java.lang.foreign.Arena;

/** Names of network interfaces. */
public final class Interfaces {
  private Interfaces() {}

  /** The index of an interface in the namespace of this thread; ENODEV if there is none. */
  public static int index(String name) {
    try (Arena arena = Arena.ofConfined()) {
      int index = SocketCalls.interfaceIndex(arena.allocateFrom(name));
      if (index <= 0) {
        throw new KernelException("if_nametoindex " + name, Errno.ENODEV.code());
      }
      return index;
    }
  }
}
