/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import io.sallyport.jdk.compat.Subjects;
import java.lang.classfile.ClassHierarchyResolver;
import org.osgi.framework.hooks.weaving.WeavingException;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Rewrites Karaf's classes while they are loaded; other bundles' classes are never touched.
 *
 * <p>Called by the framework on any thread that loads a class.
 */
final class SubjectWeavingHook implements WeavingHook {
  private static final String KARAF = "org.apache.karaf.";
  private static final String SUBJECTS_PACKAGE = Subjects.class.getPackageName();

  @Override
  public void weave(WovenClass woven) {
    if (!woven.getBundleWiring().getRevision().getSymbolicName().startsWith(KARAF)) {
      return;
    }
    byte[] before = woven.getBytes();
    if (!SubjectRewriter.concerns(before)) {
      return;
    }
    try {
      woven.setBytes(new SubjectRewriter(hierarchyOf(woven)).rewrite(before));
    } catch (IllegalArgumentException e) {
      throw new WeavingException(
          "Cannot adapt " + woven.getClassName() + " to this JDK: " + e.getMessage(), e);
    }
    woven.getDynamicImports().add(SUBJECTS_PACKAGE);
  }

  /** Parses the bundle's class files as resources, as loading classes here would recurse. */
  private static ClassHierarchyResolver hierarchyOf(WovenClass woven) {
    return ClassHierarchyResolver.ofResourceParsing(woven.getBundleWiring().getClassLoader())
        .orElse(ClassHierarchyResolver.defaultResolver());
  }
}
