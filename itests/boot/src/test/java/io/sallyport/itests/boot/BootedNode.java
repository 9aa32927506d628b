/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.itests.boot;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sallyport.itests.boot.Listeners.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** What is true of every node. Runs inside the node; one boot serves all tests of a class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class BootedNode {
  private static final int FIRST_EPHEMERAL_PORT = 32768;

  @Inject FeaturesService features;
  @Inject BundleContext context;

  /** There once all boot features are started; no test runs before. */
  @Inject BootFinished booted;

  /** The features of the product that this distribution is made of. */
  abstract List<String> expectedFeatures();

  @Test
  public void everyBundleIsActive() {
    List<String> others = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      if (bundle.getState() != (fragment ? Bundle.RESOLVED : Bundle.ACTIVE)) {
        others.add(bundle + " in state " + bundle.getState());
      }
    }
    assertEquals(List.of(), others);
  }

  @Test
  public void itsFeaturesAreInstalled() throws Exception {
    TreeSet<String> installed = new TreeSet<>();
    for (Feature feature : features.listInstalledFeatures()) {
      installed.add(feature.getName());
    }
    assertTrue(installed.toString(), installed.containsAll(expectedFeatures()));
  }

  @Test
  public void nothingInTheLogIsAnError() throws IOException {
    Path log = Path.of(System.getProperty("karaf.log"), "karaf.log");
    try (Stream<String> lines = Files.lines(log)) {
      assertEquals(List.of(), lines.filter(line -> line.contains(" ERROR ")).toList());
    }
  }

  /** Ephemeral ports are those by which this test itself is called. */
  @Test
  public void onlyLoopbackIsListenedOn() throws IOException {
    List<Listener> open =
        Listeners.ofThisProcess().stream()
            .filter(listener -> !listener.address().isLoopbackAddress())
            .filter(listener -> listener.port() < FIRST_EPHEMERAL_PORT)
            .toList();
    assertEquals(List.of(), open);
  }

  @Test
  public void thereIsNoJmxServer() {
    for (Bundle bundle : context.getBundles()) {
      assertTrue(
          bundle.toString(),
          !"org.apache.karaf.management.server".equals(bundle.getSymbolicName()));
    }
  }

  @Test
  public void nobodyCanLogIn() throws IOException {
    assertEquals(List.of(), List.copyOf(etc("users.properties").keySet()));
    assertEquals(List.of(), List.copyOf(etc("keys.properties").keySet()));
  }

  @Test
  public void noRemoteRepositoryIsKnown() throws IOException {
    Properties mvn = etc("org.ops4j.pax.url.mvn.cfg");
    assertEquals("", mvn.getProperty("org.ops4j.pax.url.mvn.repositories"));
    assertEquals("false", mvn.getProperty("org.ops4j.pax.url.mvn.useFallbackRepositories"));
    assertEquals(List.of(), List.copyOf(etc("org.apache.karaf.features.repos.cfg").keySet()));
    try (Stream<String> settings = Files.lines(etc().resolve("maven-settings.xml"))) {
      assertTrue(settings.anyMatch(line -> line.contains("<offline>true</offline>")));
    }
  }

  private static Path etc() {
    return Path.of(System.getProperty("karaf.etc"));
  }

  private static Properties etc(String name) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(etc().resolve(name))) {
      properties.load(in);
    }
    return properties;
  }
}
