/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sallyport.kernel.Fd;
import io.sallyport.kernel.KernelException;
import io.sallyport.kernel.internal.SocketCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A socket of any family. It belongs to the network namespace of the thread that opens it. Sending
 * and receiving allocate nothing, and return a negated error number instead of throwing.
 */
public final class NativeSocket implements AutoCloseable {
  /** Unix; linux/socket.h. */
  public static final int AF_UNIX = 1;

  /** IPv4. */
  public static final int AF_INET = 2;

  /** IPv6. */
  public static final int AF_INET6 = 10;

  /** Netlink. */
  public static final int AF_NETLINK = 16;

  /** Packets with their link header. */
  public static final int AF_PACKET = 17;

  /** A stream; linux/net.h. */
  public static final int SOCK_STREAM = 1;

  /** Datagrams. */
  public static final int SOCK_DGRAM = 2;

  /** Raw messages. */
  public static final int SOCK_RAW = 3;

  /** Do not wait for a message; linux/socket.h. */
  public static final int MSG_DONTWAIT = 0x40;

  /** Give a message's true length even where the buffer is shorter. */
  public static final int MSG_TRUNC = 0x20;

  /** Wait for the first message of a batch only. */
  public static final int MSG_WAITFORONE = 0x10000;

  /** Options of every socket; asm-generic/socket.h. */
  public static final int SOL_SOCKET = 1;

  /** The receive buffer's size. */
  public static final int SO_RCVBUF = 8;

  /** A filter of classic BPF. */
  public static final int SO_ATTACH_FILTER = 26;

  /** No filter any more. */
  public static final int SO_DETACH_FILTER = 27;

  /** The receive buffer's size, above the system's limit; needs CAP_NET_ADMIN. */
  public static final int SO_RCVBUFFORCE = 33;

  /** A filter that is a loaded eBPF program. */
  public static final int SO_ATTACH_BPF = 50;

  private static final int SO_RCVTIMEO = 20;
  // struct sock_fprog { u16 len; struct sock_filter *filter }, linux/filter.h
  private static final long FPROG_SIZE = 16;
  private static final long FPROG_FILTER = 8;

  private final Fd fd;

  private NativeSocket(Fd fd) {
    this.fd = fd;
  }

  /** Opens a socket in the namespace of this thread; it is not inherited by new programs. */
  public static NativeSocket open(int family, int type, int protocol) {
    int result = SocketCalls.socket(family, type | Fd.O_CLOEXEC, protocol);
    return new NativeSocket(
        Fd.own(
            KernelException.check(result, "socket", "family " + family + " protocol " + protocol)));
  }

  /** The descriptor, to wait for. */
  public Fd fd() {
    return fd;
  }

  /** Binds to an address, a sockaddr of the socket's family. */
  public void bind(MemorySegment address) {
    int result = SocketCalls.bind(fd.number(), address, (int) address.byteSize());
    KernelException.check(result, "bind");
  }

  /** Sets an option that is a number. */
  public void option(int level, int name, int value) {
    try (Arena arena = Arena.ofConfined()) {
      option(level, name, arena.allocateFrom(JAVA_INT, value));
    }
  }

  /** Sets an option that is a structure. */
  public void option(int level, int name, MemorySegment value) {
    int result = SocketCalls.setOption(fd.number(), level, name, value, (int) value.byteSize());
    KernelException.check(result, "setsockopt", level + "/" + name);
  }

  /** Reads an option into {@code value}: the number of bytes that the kernel wrote. */
  public int readOption(int level, int name, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
      int result = SocketCalls.getOption(fd.number(), level, name, value, length);
      KernelException.check(result, "getsockopt", level + "/" + name);
      return length.get(JAVA_INT, 0);
    }
  }

  /** Reads an option that is a number. */
  public int readOption(int level, int name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(JAVA_INT);
      readOption(level, name, value);
      return value.get(JAVA_INT, 0);
    }
  }

  /**
   * Asks for a receive buffer, above the system's limit where this process may.
   *
   * @return the bytes that there are now, with the kernel's own bookkeeping (about twice as asked)
   */
  public int receiveBuffer(int bytes) {
    try {
      option(SOL_SOCKET, SO_RCVBUFFORCE, bytes);
    } catch (KernelException e) {
      option(SOL_SOCKET, SO_RCVBUF, bytes);
    }
    return readOption(SOL_SOCKET, SO_RCVBUF);
  }

  /** Lets a waiting receive end with EAGAIN after this time. */
  public void receiveTimeout(int millis) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeval = arena.allocate(2L * Long.BYTES, Long.BYTES);
      timeval.set(JAVA_LONG, 0, millis / 1000);
      timeval.set(JAVA_LONG, Long.BYTES, millis % 1000 * 1000L);
      option(SOL_SOCKET, SO_RCVTIMEO, timeval);
    }
  }

  /** Receives one message: its length, or a negated error number. */
  public long receive(MemorySegment buffer, int flags) {
    return SocketCalls.recvfrom(
        fd.number(), buffer, buffer.byteSize(), flags, MemorySegment.NULL, MemorySegment.NULL);
  }

  /**
   * Receives one message and its sender.
   *
   * @param address filled with the sender
   * @param addressLength four bytes: the room for the address, then its length
   */
  public long receive(
      MemorySegment buffer, int flags, MemorySegment address, MemorySegment addressLength) {
    return SocketCalls.recvfrom(
        fd.number(), buffer, buffer.byteSize(), flags, address, addressLength);
  }

  /** Receives as many messages as there are, up to the batch's room: how many, or an error. */
  public int receive(MessageBatch batch, int flags) {
    return SocketCalls.recvmmsg(
        fd.number(), batch.prepared(), batch.capacity(), flags, MemorySegment.NULL);
  }

  /** Sends the first {@code length} bytes: how many were sent, or a negated error number. */
  public long send(MemorySegment message, long length, int flags) {
    return SocketCalls.sendto(fd.number(), message, length, flags, MemorySegment.NULL, 0);
  }

  /** As {@link #send}, to an address. */
  public long sendTo(MemorySegment message, long length, int flags, MemorySegment address) {
    return SocketCalls.sendto(
        fd.number(), message, length, flags, address, (int) address.byteSize());
  }

  /** Lets through what a classic BPF program accepts, cut to the length that it returns. */
  public void filter(ClassicFilter filter) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code = filter.write(arena);
      MemorySegment program = arena.allocate(FPROG_SIZE, Long.BYTES);
      program.set(JAVA_INT, 0, filter.size());
      program.set(JAVA_LONG, FPROG_FILTER, code.address());
      option(SOL_SOCKET, SO_ATTACH_FILTER, program);
    }
  }

  /** As {@link #filter(ClassicFilter)}, with a loaded program of type socket filter. */
  public void filter(Fd program) {
    option(SOL_SOCKET, SO_ATTACH_BPF, program.number());
  }

  @Override
  public void close() {
    fd.close();
  }
}
