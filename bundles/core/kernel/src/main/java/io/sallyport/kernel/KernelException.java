/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.kernel;

import java.util.Locale;

/** The kernel refused something. The message names the operation, its subject and the error. */
public class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The call that failed. */
  private final String operation;

  /** The error number, above zero. */
  private final int code;

  /**
   * An error of a call.
   *
   * @param operation the call, and what it was for: {@code "open /proc/1/ns/net"}
   * @param code the error number, of either sign
   */
  public KernelException(String operation, long code) {
    this(operation, code, "");
  }

  /** As above, with a sentence that says what to do, or what the kernel said. */
  public KernelException(String operation, long code, String detail) {
    super(message(operation, code, detail));
    this.operation = operation;
    this.code = (int) Math.abs(code);
  }

  /** The call that failed and its subject. */
  public String operation() {
    return operation;
  }

  /** The error by name; {@link Errno#OTHER} if it has none. */
  public Errno errno() {
    return Errno.of(code);
  }

  /** The error number, above zero. */
  public int code() {
    return code;
  }

  /** Returns a call's result if it is not an error; the subject says what the call was about. */
  public static int check(int result, String operation, Object subject) {
    if (result < 0) {
      throw new KernelException(operation + " " + subject, result);
    }
    return result;
  }

  /** As {@link #check(int, String, Object)}, without a subject. */
  public static long check(long result, String operation) {
    if (result < 0) {
      throw new KernelException(operation, result);
    }
    return result;
  }

  private static String message(String operation, long code, String detail) {
    Errno errno = Errno.of(code);
    String name =
        errno == Errno.OTHER ? String.format(Locale.ROOT, "%d", Math.abs(code)) : errno.name();
    String text = operation + ": " + errno.text() + " (" + name + ")";
    return detail.isEmpty() ? text : text + ": " + detail;
  }
}
