/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Which namespace: two paths with the same id lead to the same one. The kernel uses an inode number
 * again once a namespace is gone, so an id is only good while something holds the namespace.
 *
 * @param device the device of the namespace file system (st_dev)
 * @param inode the number of the namespace (st_ino)
 */
public record NamespaceId(long device, long inode) {
  /**
   * The id of the namespace at a path.
   *
   * @param path /proc/PID/ns/net, /run/netns/NAME or the like
   * @throws NamespaceGoneException if nothing is there: the process has ended
   */
  public static NamespaceId of(Path path) {
    try {
      long device = ((Number) Files.getAttribute(path, "unix:dev")).longValue();
      long inode = ((Number) Files.getAttribute(path, "unix:ino")).longValue();
      return new NamespaceId(device, inode);
    } catch (NoSuchFileException e) {
      throw new NamespaceGoneException(path, Errno.ENOENT, e);
    } catch (IOException e) {
      throw NamespaceGoneException.translate(path, e);
    }
  }

  @Override
  public String toString() {
    return device + ":" + inode;
  }
}
