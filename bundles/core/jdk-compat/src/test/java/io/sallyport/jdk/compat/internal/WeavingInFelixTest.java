/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.jdk.compat.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The bundle in the framework that Karaf runs on. */
class WeavingInFelixTest {
  private static final String CALLER = "caller.Asking";

  @TempDir Path dir;
  private Framework framework;

  @BeforeEach
  void startFramework() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    dir.resolve("cache").toString(),
                    Constants.FRAMEWORK_STORAGE_CLEAN,
                    "onFirstInit"));
    framework.start();
    framework
        .getBundleContext()
        .installBundle("reference:" + Path.of("target/classes").toUri())
        .start();
  }

  @AfterEach
  void stopFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }

  @Test
  void karafsBundlesAreWoven() throws Exception {
    Class<?> caller = install("org.apache.karaf.sample").loadClass(CALLER);
    assertThat(caller.getMethod("who").invoke(null)).isEqualTo("nobody");
  }

  @Test
  void otherBundlesAreLeftAlone() throws Exception {
    Class<?> caller = install("org.example.sample").loadClass(CALLER);
    assertThatThrownBy(() -> caller.getMethod("who").invoke(null))
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  private Bundle install(String symbolicName) throws IOException, BundleException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
    headers.putValue(Constants.IMPORT_PACKAGE, "javax.security.auth");
    Path jar = dir.resolve(symbolicName + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry(CALLER.replace('.', '/') + ".class"));
      out.write(Callers.asksForTheSubject(CALLER));
      out.closeEntry();
    }
    return framework.getBundleContext().installBundle(jar.toUri().toString());
  }
}
