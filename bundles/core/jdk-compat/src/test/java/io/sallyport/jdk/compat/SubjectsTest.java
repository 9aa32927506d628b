/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubjectsTest {
  private final Subject alice = new Subject();
  private final Subject bob = new Subject();

  @Test
  void nobodyIsCurrentOutsideDoAs() {
    assertThat(Subjects.current()).isNull();
  }

  @Test
  void theInnermostSubjectIsCurrentAndTheOuterOneComesBack() {
    PrivilegedAction<@Nullable Subject> current = Subjects::current;
    Object seen =
        Subjects.doAs(
            alice,
            (PrivilegedAction<Object>)
                () -> {
                  assertThat(Subjects.doAs(bob, current)).isSameAs(bob);
                  return Subjects.current();
                });
    assertThat(seen).isSameAs(alice);
    assertThat(Subjects.current()).isNull();
  }

  @Test
  void threadsStartedInsideInheritTheSubject() {
    PrivilegedAction<@Nullable Subject> inAnotherThread = SubjectsTest::currentOfANewThread;
    assertThat(Subjects.doAs(alice, inAnotherThread)).isSameAs(alice);
    assertThat(currentOfANewThread()).isNull();
  }

  @Test
  void nullRunsForNobodyEvenInsideAnotherSubject() {
    PrivilegedAction<Object> nobody =
        () -> String.valueOf(Subjects.doAs(null, (PrivilegedAction<Object>) () -> currentText()));
    assertThat(Subjects.doAs(alice, nobody)).isEqualTo("nobody");
  }

  @Test
  void whatTheActionThrowsArrivesUnwrapped() {
    PrivilegedAction<Object> failing =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> Subjects.doAs(alice, failing))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(Subjects.current()).isNull();
  }

  @Test
  void checkedExceptionsArriveAsPrivilegedActionException() {
    PrivilegedExceptionAction<Object> failing =
        () -> {
          throw new IOException("no disk");
        };
    assertThatThrownBy(() -> Subjects.doAs(alice, failing))
        .isInstanceOf(PrivilegedActionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void uncheckedExceptionsOfACheckedActionArriveAsTheyAre() {
    PrivilegedExceptionAction<Object> failing =
        () -> {
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> Subjects.doAs(alice, failing))
        .isInstanceOf(IllegalStateException.class);
  }

  private static String currentText() {
    Subject current = Subjects.current();
    return current == null ? "nobody" : current.toString();
  }

  private static @Nullable Subject currentOfANewThread() {
    AtomicReference<@Nullable Subject> seen = new AtomicReference<>();
    Thread thread = new Thread(() -> seen.set(Subjects.current()));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return seen.get();
  }
}
