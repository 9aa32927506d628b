/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Class files as compilers before JDK 24 wrote them. */
final class Callers {
  private static final ClassDesc SUBJECT = ClassDesc.of("javax.security.auth.Subject");
  private static final ClassDesc CONTEXT = ClassDesc.of("java.security.AccessControlContext");
  private static final ClassDesc CONTROLLER = ClassDesc.of("java.security.AccessController");

  private Callers() {}

  /**
   * A class with {@code public static Object who()} that returns {@code
   * Subject.getSubject(AccessController.getContext())}, or the text "nobody" for null: a branch
   * that merges two types, one of them the class itself.
   */
  static byte[] asksForTheSubject(String className) {
    ClassDesc self = ClassDesc.of(className);
    return ClassFile.of()
        .build(
            self,
            type ->
                type.withFlags(ClassFile.ACC_PUBLIC)
                    .withMethodBody(
                        "who",
                        MethodTypeDesc.of(ConstantDescs.CD_Object),
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> {
                          var found = code.newLabel();
                          code.invokestatic(CONTROLLER, "getContext", MethodTypeDesc.of(CONTEXT))
                              .invokestatic(
                                  SUBJECT, "getSubject", MethodTypeDesc.of(SUBJECT, CONTEXT))
                              .dup()
                              .ifnonnull(found)
                              .pop()
                              .ldc("nobody")
                              .labelBinding(found)
                              .areturn();
                        }));
  }
}
