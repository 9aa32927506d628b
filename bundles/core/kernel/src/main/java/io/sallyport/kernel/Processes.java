/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import io.sallyport.kernel.internal.ProcessCalls;

/** Signals and handles of processes. */
public final class Processes {
  /** Kill; asm-generic/signal.h. */
  public static final int SIGKILL = 9;

  /** Go on. */
  public static final int SIGCONT = 18;

  /** Stop. */
  public static final int SIGSTOP = 19;

  // asm-generic/unistd.h; calls this young have one number on all architectures.
  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;

  private Processes() {}

  /**
   * A descriptor that means this process for ever, even when its number is used again. It becomes
   * readable when the process ends. ESRCH if there is no such process.
   */
  public static Fd open(int pid) {
    long result = ProcessCalls.syscall(SYS_PIDFD_OPEN, pid, 0, 0, 0);
    return Fd.own(KernelException.check((int) result, "pidfd_open", pid));
  }

  /** Sends a signal to the process of a descriptor; 0 only asks whether it could be sent. */
  public static void signal(Fd process, int signal) {
    long result = ProcessCalls.syscall(SYS_PIDFD_SEND_SIGNAL, process.number(), signal, 0, 0);
    KernelException.check((int) result, "pidfd_send_signal", signal);
  }

  /** Sends a signal to a process number, which may by now mean another process. */
  public static void signal(int pid, int signal) {
    KernelException.check(ProcessCalls.kill(pid, signal), "kill", pid);
  }
}
