/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.plugin.PluginStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** In a real framework, with real jars. */
class DeployCatalogTest {
  @TempDir private Path home = Path.of("");

  private Framework framework =
      ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(Map.of());
  private Path deploy = home;

  @BeforeEach
  void boot() throws BundleException, IOException {
    deploy = Files.createDirectories(home.resolve("deploy"));
    framework =
        ServiceLoader.load(FrameworkFactory.class)
            .findFirst()
            .orElseThrow()
            .newFramework(
                new HashMap<>(
                    Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        home.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "io.sallyport.api.dpi;version=1.2.0,com.example.lib;version=3.1.0")));
    framework.start();
  }

  @AfterEach
  void stop() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void showsWhatRuns() throws Exception {
    install(jar("good.jar", Map.of("Import-Package", "io.sallyport.api.dpi;version=\"[1.0,2)\"")));

    PluginStatus status = only();
    assertThat(status)
        .isEqualTo(new PluginStatus("good.jar", "org.test.plugin", "1.0.0", true, ""));
  }

  @Test
  void saysWhichPackageNobodyOffers() throws Exception {
    install(jar("needy.jar", Map.of("Import-Package", "com.absent;version=\"[1.5,2)\"")));

    assertThat(only().active()).isFalse();
    assertThat(only().bundle()).isEqualTo("org.test.plugin");
    assertThat(only().problem())
        .isEqualTo(
            "it needs the package com.absent, which no bundle here offers; embed it in the"
                + " plugin, or copy the bundle that has it to deploy/ too");
  }

  @Test
  void saysWhichVersionIsWanted() throws Exception {
    install(jar("old.jar", Map.of("Import-Package", "com.example.lib;version=\"[1.5,2)\"")));

    assertThat(only().problem())
        .isEqualTo(
            "it needs the package com.example.lib in version 1.5.0 to below 2.0.0, and this node"
                + " has 3.1.0");
  }

  @Test
  void saysWhichApiItWasBuiltFor() throws Exception {
    install(jar("new.jar", Map.of("Import-Package", "io.sallyport.api.dpi;version=\"[2.0,3)\"")));

    assertThat(only().problem())
        .isEqualTo(
            "it needs version 2.0.0 to below 3.0.0 of Sallyport's io.sallyport.api.dpi, and this"
                + " node has 1.2.0; build the plugin against this node's version");
  }

  @Test
  void saysEverythingThatIsMissing() throws Exception {
    install(jar("needy.jar", Map.of("Import-Package", "com.a,com.b,com.c;resolution:=optional")));

    assertThat(only().problem()).contains("com.a").contains("com.b").doesNotContain("com.c");
  }

  @Test
  void saysWhyItDidNotStart() throws Exception {
    Path jar =
        jar(
            "failing.jar",
            Map.of(
                "Bundle-Activator",
                FailingActivator.class.getName(),
                "Import-Package",
                "org.osgi.framework"));
    framework.getBundleContext().installBundle(jar.toUri().toString());

    assertThat(only().problem())
        .isEqualTo("it failed to start: java.lang.IllegalStateException: no licence found");
  }

  @Test
  void leavesAStoppedBundleStopped() throws Exception {
    Bundle bundle = install(jar("good.jar", Map.of()));
    DeployCatalog catalog = catalog();
    catalog.look();
    bundle.stop();
    catalog.look();

    assertThat(catalog.plugins().getFirst().problem()).isEqualTo("it has been stopped");
    assertThat(bundle.getState()).isEqualTo(Bundle.RESOLVED);
  }

  @Test
  void saysThatAJarIsNoBundle() throws Exception {
    jar("plain.jar", Map.of("Bundle-SymbolicName", ""));
    assertThat(only().problem()).contains("no Bundle-SymbolicName");
    assertThat(only().bundle()).isEmpty();
  }

  @Test
  void saysThatAFileIsNoJar() throws Exception {
    Files.writeString(deploy.resolve("broken.jar"), "not a zip");
    assertThat(only().problem()).contains("cannot be read as a jar").contains("copy it again");
    Files.move(deploy.resolve("broken.jar"), deploy.resolve("notes.txt"));
    assertThat(only().problem()).contains("neither a jar");
  }

  @Test
  void doesNotMindNotesAndHiddenFiles() throws Exception {
    Files.writeString(deploy.resolve("README"), "copy plugins here");
    Files.writeString(deploy.resolve(".partial.jar"), "");
    DeployCatalog catalog = catalog();
    catalog.look();
    assertThat(catalog.plugins()).isEmpty();
  }

  @Test
  void givesTheDeployerTime() throws Exception {
    Files.writeString(deploy.resolve("broken.jar"), "being copied");
    DeployCatalog catalog =
        new DeployCatalog(framework.getBundleContext(), deploy, Duration.ofHours(1));
    catalog.look();
    assertThat(catalog.plugins().getFirst().problem()).isEqualTo("it is being installed");
  }

  private DeployCatalog catalog() {
    return new DeployCatalog(framework.getBundleContext(), deploy, Duration.ZERO);
  }

  private PluginStatus only() {
    DeployCatalog catalog = catalog();
    catalog.look();
    assertThat(catalog.plugins()).hasSize(1);
    return catalog.plugins().getFirst();
  }

  private Bundle install(Path jar) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle(jar.toUri().toString());
    try {
      bundle.start();
    } catch (BundleException e) {
      assertThat(bundle.getState()).isEqualTo(Bundle.INSTALLED);
    }
    return bundle;
  }

  /** A bundle that holds the class which fails to start; an empty header is left out. */
  private Path jar(String name, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    Map<String, String> all = new HashMap<>();
    all.put("Bundle-ManifestVersion", "2");
    all.put("Bundle-SymbolicName", "org.test.plugin");
    all.put("Bundle-Version", "1.0.0");
    all.putAll(headers);
    all.forEach(
        (key, value) -> {
          if (!value.isEmpty()) {
            attributes.putValue(key, value);
          }
        });
    Path file = deploy.resolve(name);
    String resource = FailingActivator.class.getName().replace('.', '/') + ".class";
    try (OutputStream output = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(output, manifest);
        InputStream code = FailingActivator.class.getResourceAsStream("FailingActivator.class")) {
      jar.putNextEntry(new JarEntry(resource));
      if (code != null) {
        code.transferTo(jar);
      }
    }
    return file;
  }
}
