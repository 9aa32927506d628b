/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Processes and their networks as a test wants them. */
final class FakeProbe implements NamespaceProbe {
  static final long HOST = 1;

  private final Map<Integer, Long> inodes = new ConcurrentHashMap<>();
  private final Map<Long, List<IpAddress>> addresses = new ConcurrentHashMap<>();
  private final Map<Integer, Runnable> watchers = new ConcurrentHashMap<>();

  FakeProbe process(int pid, long inode) {
    inodes.put(pid, inode);
    return this;
  }

  void end(int pid) {
    inodes.remove(pid);
  }

  FakeProbe network(long inode, String... own) {
    addresses.put(inode, Arrays.stream(own).map(IpAddress::parse).toList());
    new ArrayList<>(watchers.keySet())
        .forEach(
            pid -> {
              Runnable changed = watchers.get(pid);
              if (inode(pid) == inode && changed != null) {
                changed.run();
              }
            });
    return this;
  }

  int watches() {
    return watchers.size();
  }

  @Override
  public long inode(int pid) {
    return inodes.getOrDefault(pid, GONE);
  }

  @Override
  public long hostInode() {
    return HOST;
  }

  @Override
  public List<IpAddress> addresses(int pid) {
    return addresses.getOrDefault(inode(pid), List.of());
  }

  @Override
  public List<IpAddress> hostAddresses() {
    return addresses.getOrDefault(HOST, List.of());
  }

  @Override
  public Subscription watch(int pid, Runnable changed) {
    watchers.put(pid, changed);
    return () -> watchers.remove(pid, changed);
  }
}
