/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sallyport.api.common.Subscription;
import io.sallyport.kernel.Epoll;
import io.sallyport.kernel.EpollEvents;
import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.NamespaceGoneException;
import io.sallyport.kernel.NetworkNamespace;
import io.sallyport.kernel.Wakeup;
import io.sallyport.kernel.net.NativeSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits, on one thread for all network namespaces, until the kernel says that links or addresses
 * have changed. What exactly has changed is read anew by those who are told, so the messages'
 * content does not matter, and nothing is lost when some of them are.
 */
final class AddressMonitor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AddressMonitor.class);
  // struct sockaddr_nl { u16 family; u16 pad; u32 pid; u32 groups }; groups of linux/rtnetlink.h
  private static final int ADDRESS_SIZE = 12;
  private static final long ADDRESS_GROUPS = 8;
  private static final int RTMGRP_LINK = 1;
  private static final int RTMGRP_IPV4_IFADDR = 0x10;
  private static final int RTMGRP_IPV6_IFADDR = 0x100;
  private static final int NETLINK_ROUTE = 0;
  private static final int BATCH = 64;
  private static final long WAKEUP = 0;

  /** Changes come in flocks, and a container must not be able to keep this thread busy. */
  private static final Duration REST = Duration.ofMillis(50);

  private final Epoll epoll;
  private final Wakeup wakeup;
  private final Thread thread;
  private final MemorySegment buffer = Arena.ofAuto().allocate(8192);
  private final AtomicLong tokens = new AtomicLong(WAKEUP);
  private final Map<Long, Watched> watched = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private AddressMonitor() {
    this.epoll = Epoll.create();
    this.wakeup = Wakeup.create();
    epoll.add(wakeup.fd(), Fd.POLLIN, WAKEUP);
    this.thread = Thread.ofPlatform().name("address-monitor").daemon().unstarted(this::run);
  }

  static AddressMonitor start() {
    AddressMonitor monitor = new AddressMonitor();
    monitor.thread.start();
    return monitor;
  }

  /**
   * Follows a namespace, which stays alive until the subscription is closed.
   *
   * @param namespace a path to it
   * @param changed called on the monitor's thread; must not block
   */
  Subscription watch(Path namespace, Runnable changed) {
    try {
      NativeSocket socket = NetworkNamespace.call(namespace, AddressMonitor::open);
      Watched entry = new Watched(tokens.incrementAndGet(), socket, changed);
      watched.put(entry.token, entry);
      epoll.add(socket.fd(), Fd.POLLIN, entry.token);
      return entry;
    } catch (NamespaceGoneException e) {
      LOG.debug("{} ended before it was watched", namespace, e);
    } catch (KernelException e) {
      LOG.warn("Changes of addresses in {} are seen late: {}", namespace, e.getMessage());
    }
    return () -> {};
  }

  @Override
  public void close() {
    closed = true;
    wakeup.signal();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watched.values().forEach(Watched::close);
    epoll.close();
    wakeup.close();
  }

  private static NativeSocket open() {
    NativeSocket socket =
        NativeSocket.open(NativeSocket.AF_NETLINK, NativeSocket.SOCK_RAW, NETLINK_ROUTE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(ADDRESS_SIZE, Integer.BYTES);
      address.set(JAVA_SHORT, 0, (short) NativeSocket.AF_NETLINK);
      address.set(JAVA_INT, ADDRESS_GROUPS, RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR);
      socket.bind(address);
      return socket;
    } catch (KernelException e) {
      socket.close();
      throw e;
    }
  }

  private void run() {
    EpollEvents events = new EpollEvents(BATCH);
    try {
      while (!closed) {
        int count = epoll.await(events, -1);
        for (int i = 0; i < count; i++) {
          Watched entry = watched.get(events.data(i));
          if (entry != null) {
            entry.drain();
          }
        }
        Thread.sleep(REST);
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    } catch (KernelException e) {
      LOG.error("Changes of addresses are no longer seen at once", e);
    }
  }

  private final class Watched implements Subscription {
    private final long token;
    private final Runnable changed;
    private @Nullable NativeSocket socket;

    Watched(long token, NativeSocket socket, Runnable changed) {
      this.token = token;
      this.socket = socket;
      this.changed = changed;
    }

    /** Takes all messages, and errors too: ENOBUFS says that there were more of them. */
    synchronized void drain() {
      NativeSocket open = socket;
      if (open == null) {
        return;
      }
      for (int i = 0; i < BATCH; i++) {
        if (open.receive(buffer, NativeSocket.MSG_DONTWAIT) <= 0) {
          break;
        }
      }
      changed.run();
    }

    @Override
    public synchronized void close() {
      NativeSocket open = socket;
      if (open != null) {
        socket = null;
        watched.remove(token);
        epoll.remove(open.fd());
        open.close();
      }
    }
  }
}
