/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat;

import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * The current subject, as {@code AccessControlContext} carried it before JDK 24.
 *
 * <p>A thread that is started inside {@link #doAs(Subject, PrivilegedAction) doAs} inherits the
 * subject for its whole life, as it inherited the access control context then. {@link
 * Subject#current()} does not do that for ordinary threads, and Karaf's shell runs each part of a
 * pipeline on a thread of its own.
 *
 * <p>All methods may be called on any thread.
 */
public final class Subjects {
  private static final InheritableThreadLocal<@Nullable Subject> INHERITED =
      new InheritableThreadLocal<>();

  private Subjects() {}

  /**
   * Stands for {@code Subject.getSubject(AccessController.getContext())}.
   *
   * @return the subject on whose behalf this thread runs, or null when there is none
   */
  public static @Nullable Subject current() {
    Subject scoped = Subject.current();
    return scoped != null ? scoped : INHERITED.get();
  }

  /**
   * Runs an action on behalf of a subject.
   *
   * @param subject whom the action runs for; null runs it for nobody
   * @param action what to run, on the calling thread
   * @return what the action returned
   * @throws RuntimeException what the action threw
   */
  public static @Nullable Object doAs(@Nullable Subject subject, PrivilegedAction<?> action) {
    try {
      return callAs(subject, action::run);
    } catch (CompletionException e) {
      throw unchecked(e);
    }
  }

  /**
   * Runs an action that may throw on behalf of a subject.
   *
   * @param subject whom the action runs for; null runs it for nobody
   * @param action what to run, on the calling thread
   * @return what the action returned
   * @throws RuntimeException an unchecked exception of the action, as it is
   * @throws PrivilegedActionException around a checked exception of the action
   */
  public static @Nullable Object doAs(
      @Nullable Subject subject, PrivilegedExceptionAction<?> action)
      throws PrivilegedActionException {
    try {
      return callAs(subject, action::run);
    } catch (CompletionException e) {
      if (e.getCause() instanceof Exception cause && !(cause instanceof RuntimeException)) {
        throw new PrivilegedActionException(cause);
      }
      throw unchecked(e);
    }
  }

  private static @Nullable Object callAs(@Nullable Subject subject, Callable<?> action) {
    Subject before = INHERITED.get();
    INHERITED.set(subject);
    try {
      return Subject.callAs(subject, action);
    } finally {
      restore(before);
    }
  }

  private static void restore(@Nullable Subject before) {
    if (before == null) {
      INHERITED.remove();
    } else {
      INHERITED.set(before);
    }
  }

  private static RuntimeException unchecked(CompletionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : e;
  }
}
