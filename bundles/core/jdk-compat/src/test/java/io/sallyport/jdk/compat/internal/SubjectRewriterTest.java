/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.jdk.compat.Subjects;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.PrivilegedAction;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Objects;
import javax.security.auth.Subject;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.junit.jupiter.api.Test;

class SubjectRewriterTest {
  private static final String HELPER = "org.apache.karaf.util.jaas.JaasHelper";

  private final SubjectRewriter rewriter =
      new SubjectRewriter(ClassHierarchyResolver.defaultResolver());
  private final Subject alice = new Subject();

  @Test
  void theJdkRefusesTheCallAsItWas() throws ReflectiveOperationException {
    Method who = define("caller.Plain", Callers.asksForTheSubject("caller.Plain")).getMethod("who");
    assertThatThrownBy(() -> who.invoke(null))
        .isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theRewrittenCallFindsTheSubject() throws ReflectiveOperationException {
    Method who =
        define("caller.Woven", rewriter.rewrite(Callers.asksForTheSubject("caller.Woven")))
            .getMethod("who");
    PrivilegedExceptionAction<Object> call = () -> who.invoke(null);
    assertThat(who.invoke(null)).isEqualTo("nobody");
    assertThat(inside(call)).isSameAs(alice);
  }

  @Test
  void onlyClassesThatNameTheCallConcernIt() throws IOException {
    assertThat(SubjectRewriter.concerns(Callers.asksForTheSubject("caller.Plain"))).isTrue();
    assertThat(SubjectRewriter.concerns(bytesOf(SubjectRewriterTest.class.getName()))).isFalse();
    assertThat(SubjectRewriter.concerns(new byte[0])).isFalse();
  }

  @Test
  void bytesThatAreNoClassFileAreRefused() {
    assertThatThrownBy(() -> rewriter.rewrite(new byte[] {1, 2, 3, 4}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void karafsOwnHelperHandsTheSubjectOver() throws Exception {
    byte[] original = bytesOf(HELPER);
    assertThat(SubjectRewriter.concerns(original)).isTrue();
    Class<?> helper = define(HELPER, rewriter.rewrite(original));
    Method doAs = helper.getMethod("doAs", Subject.class, PrivilegedAction.class);
    Method hasRole = helper.getMethod("currentUserHasRole", String.class);
    alice.getPrincipals().add(new RolePrincipal("viewer"));

    PrivilegedAction<Object> ask =
        () -> {
          try {
            return hasRole.invoke(null, "viewer") + " " + hasRole.invoke(null, "admin");
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(doAs.invoke(null, alice, ask)).isEqualTo("true false");
    assertThat(hasRole.invoke(null, "viewer")).isEqualTo(false);
  }

  @Test
  void karafsHelperWrapsCheckedExceptionsAsBefore() throws Exception {
    Class<?> helper = define(HELPER, rewriter.rewrite(bytesOf(HELPER)));
    Method doAs = helper.getMethod("doAs", Subject.class, PrivilegedExceptionAction.class);
    PrivilegedExceptionAction<Object> failing =
        () -> {
          throw new IOException("no disk");
        };
    assertThatThrownBy(() -> doAs.invoke(null, alice, failing))
        .hasCauseInstanceOf(PrivilegedActionException.class)
        .hasRootCauseInstanceOf(IOException.class);
  }

  private Object inside(PrivilegedExceptionAction<Object> action) {
    try {
      return Objects.requireNonNull(Subjects.doAs(alice, action));
    } catch (PrivilegedActionException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> define(String name, byte[] bytes) {
    return new ClassLoader(SubjectRewriterTest.class.getClassLoader()) {
      Class<?> define() {
        return defineClass(name, bytes, 0, bytes.length);
      }
    }.define();
  }

  private static byte[] bytesOf(String className) throws IOException {
    String resource = className.replace('.', '/') + ".class";
    try (InputStream in =
        SubjectRewriterTest.class.getClassLoader().getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    }
  }
}
