/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import io.sallyport.jdk.compat.Subjects;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.charset.StandardCharsets;
import javax.security.auth.Subject;

/**
 * Replaces what JDK 24 disabled, in one class file.
 *
 * <ul>
 *   <li>{@code Subject.getSubject(AccessControlContext)}, which always throws since then, becomes
 *       {@link Subjects#current()}.
 *   <li>The bodies of {@code JaasHelper.doAs}, which hand the subject over by a {@code
 *       DomainCombiner} that is ignored since then, become calls of {@code Subjects.doAs}.
 * </ul>
 *
 * <p>The types of the removed calls are deprecated for removal, so they are named here by
 * descriptor only.
 */
final class SubjectRewriter {
  private static final String GET_SUBJECT_TYPE =
      "(Ljava/security/AccessControlContext;)Ljavax/security/auth/Subject;";
  private static final byte[] GET_SUBJECT_BYTES =
      GET_SUBJECT_TYPE.getBytes(StandardCharsets.US_ASCII);
  private static final String HELPER = "org/apache/karaf/util/jaas/JaasHelper";
  private static final ClassDesc SUBJECT = Subject.class.describeConstable().orElseThrow();
  private static final ClassDesc SUBJECTS = Subjects.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc CURRENT = MethodTypeDesc.of(SUBJECT);

  private final ClassFile classFile;

  /**
   * @param hierarchy answers for the types that the rewritten methods merge at branches
   */
  SubjectRewriter(ClassHierarchyResolver hierarchy) {
    this.classFile = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Whether a class file names the method type of the removed call: a scan without parsing. */
  static boolean concerns(byte[] bytes) {
    int last = bytes.length - GET_SUBJECT_BYTES.length;
    for (int at = 0; at <= last; at++) {
      if (matches(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < GET_SUBJECT_BYTES.length; i++) {
      if (bytes[at + i] != GET_SUBJECT_BYTES[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * @return the class file with the calls replaced; methods without such a call stay as they are
   * @throws IllegalArgumentException if the bytes are no class file or a type cannot be resolved
   */
  byte[] rewrite(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    boolean helper = model.thisClass().name().equalsString(HELPER);
    ClassTransform transform =
        (builder, element) -> {
          if (element instanceof MethodModel method && helper && isDoAs(method)) {
            builder.transformMethod(method, delegatingToSubjects(method));
          } else if (element instanceof MethodModel method && callsGetSubject(method)) {
            builder.transformMethod(
                method, MethodTransform.transformingCode(SubjectRewriter::replaceGetSubject));
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(model, transform);
  }

  private static boolean isDoAs(MethodModel method) {
    return method.methodName().equalsString("doAs")
        && method.methodTypeSymbol().parameterCount() == 2;
  }

  private static MethodTransform delegatingToSubjects(MethodModel method) {
    MethodTypeDesc type =
        MethodTypeDesc.of(
            ConstantDescs.CD_Object, SUBJECT, method.methodTypeSymbol().parameterType(1));
    return (builder, element) -> {
      if (element instanceof CodeModel) {
        builder.withCode(
            code -> code.aload(0).aload(1).invokestatic(SUBJECTS, "doAs", type).areturn());
      } else {
        builder.with(element);
      }
    };
  }

  private static boolean callsGetSubject(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(SubjectRewriter::isGetSubject);
  }

  private static void replaceGetSubject(CodeBuilder builder, CodeElement element) {
    if (isGetSubject(element)) {
      builder.pop().invokestatic(SUBJECTS, "current", CURRENT);
    } else {
      builder.with(element);
    }
  }

  private static boolean isGetSubject(CodeElement element) {
    return element instanceof InvokeInstruction call
        && call.name().equalsString("getSubject")
        && call.type().equalsString(GET_SUBJECT_TYPE)
        && call.owner().name().equalsString("javax/security/auth/Subject");
  }
}
