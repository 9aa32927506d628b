/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel.bpf;

import io.sallyport.kernel.KernelException;

/** libbpf or the kernel's verifier refused something; {@link #log} is what they said of it. */
public final class BpfException extends KernelException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN = 400;

  /** What libbpf wrote. */
  private final String log;

  BpfException(String operation, long code, String log) {
    super(operation, code, shortened(log));
    this.log = log;
  }

  /** All that libbpf and the verifier wrote, many lines; empty if they were silent. */
  public String log() {
    return log;
  }

  /** The last lines say what was wrong. */
  private static String shortened(String log) {
    String text = log.strip();
    return text.length() <= SHOWN ? text : "…" + text.substring(text.length() - SHOWN);
  }
}
