/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.common.IpAddress;
import io.sallyport.api.common.Subscription;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NamespaceGoneException;
import io.sallyport.kernel.NamespaceId;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.netlink.Attributes;
import io.sallyport.kernel.netlink.NetlinkMessages;
import io.sallyport.kernel.netlink.NetlinkRequest;
import io.sallyport.kernel.netlink.NetlinkSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the kernel, by /proc and route netlink. Safe on any thread. */
final class KernelProbe implements NamespaceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(KernelProbe.class);
  // uapi/linux/rtnetlink.h, uapi/linux/if_addr.h
  private static final int RTM_NEWADDR = 20;
  private static final int RTM_GETADDR = 22;
  private static final int IFADDRMSG_SIZE = 8;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int ATTEMPTS = 3;

  /** How often the host's addresses are read anew although nothing was said of a change. */
  private static final long HOST_CHECK = Duration.ofSeconds(30).toNanos();

  private final AddressMonitor monitor;
  private final Path host;
  private final long hostInode;
  private volatile boolean hostChanged = true;
  private volatile long hostRead;
  private volatile List<IpAddress> hostAddresses = List.of();

  KernelProbe(AddressMonitor monitor) {
    this.monitor = monitor;
    Path init = Path.of("/proc/1/ns/net");
    this.host = Files.isReadable(init) ? init : Path.of("/proc/self/ns/net");
    this.hostInode = NamespaceId.of(host).inode();
    monitor.watch(host, () -> hostChanged = true);
  }

  @Override
  public long inode(int pid) {
    try {
      return NamespaceId.of(path(pid)).inode();
    } catch (NamespaceGoneException e) {
      return GONE;
    } catch (KernelException e) {
      LOG.debug("The network namespace of process {} cannot be read", pid, e);
      return 0;
    }
  }

  @Override
  public long hostInode() {
    return hostInode;
  }

  @Override
  public List<IpAddress> addresses(int pid) {
    return addresses(path(pid));
  }

  @Override
  public List<IpAddress> hostAddresses() {
    long now = System.nanoTime();
    if (hostChanged || now - hostRead > HOST_CHECK) {
      hostChanged = false;
      hostRead = now;
      hostAddresses = addresses(host);
    }
    return hostAddresses;
  }

  @Override
  public Subscription watch(int pid, Runnable changed) {
    return monitor.watch(path(pid), changed);
  }

  private static Path path(int pid) {
    return Path.of("/proc/" + pid + "/ns/net");
  }

  private static List<IpAddress> addresses(Path namespace) {
    try {
      return NetworkNamespace.call(namespace, KernelProbe::read);
    } catch (NamespaceGoneException e) {
      LOG.debug("{} ended before its addresses were read", namespace, e);
    } catch (KernelException e) {
      LOG.warn("The addresses in {} cannot be read: {}", namespace, e.getMessage());
    }
    return List.of();
  }

  private static List<IpAddress> read() {
    TreeSet<IpAddress> addresses = new TreeSet<>();
    try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_ROUTE)) {
      boolean complete = false;
      for (int i = 0; i < ATTEMPTS && !complete; i++) {
        addresses.clear();
        // struct ifaddrmsg { u8 family, prefixlen, flags, scope; u32 index }
        NetlinkRequest request =
            new NetlinkRequest().begin(RTM_GETADDR, 0).u8(0).u8(0).u8(0).u8(0).u32(0);
        Attributes attributes = new Attributes();
        complete = socket.dump(request, "list addresses", each -> add(each, attributes, addresses));
      }
    }
    return List.copyOf(addresses);
  }

  private static void add(
      NetlinkMessages message, Attributes attributes, Set<IpAddress> addresses) {
    if (message.type() != RTM_NEWADDR) {
      return;
    }
    byte[] own = {};
    message.attributes(IFADDRMSG_SIZE, attributes);
    while (attributes.next()) {
      // Of a point-to-point link the address is the other end's, and the local one is ours.
      boolean local = attributes.type() == IFA_LOCAL;
      if (local || (attributes.type() == IFA_ADDRESS && own.length == 0)) {
        own = attributes.bytes();
      }
    }
    if (own.length == 4 || own.length == 16) {
      addresses.add(IpAddress.of(own));
    }
  }
}
