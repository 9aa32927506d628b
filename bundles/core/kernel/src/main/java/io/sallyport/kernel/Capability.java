/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

/** The capabilities that Sallyport's parts ask for; uapi/linux/capability.h. */
public enum Capability {
  /** Read any file. */
  CAP_DAC_READ_SEARCH(2),
  /** Signal any process. */
  CAP_KILL(5),
  /** Rules, netlink events, larger buffers. */
  CAP_NET_ADMIN(12),
  /** Packet and raw sockets. */
  CAP_NET_RAW(13),
  /** Look into other processes. */
  CAP_SYS_PTRACE(19),
  /** Enter namespaces; fanotify. */
  CAP_SYS_ADMIN(21),
  /** Raise limits. */
  CAP_SYS_RESOURCE(24),
  /** Tracing programs of BPF. */
  CAP_PERFMON(38),
  /** Load BPF. */
  CAP_BPF(39);

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** The bit's number. */
  public int number() {
    return number;
  }
}
