/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.plugins.internal;

import io.sallyport.api.plugin.PluginCatalog;
import io.sallyport.api.plugin.PluginStatus;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at deploy/ every second and compares it with the bundles there are. Says once in the log
 * what does not run, and why.
 */
@Component(immediate = true, service = PluginCatalog.class)
public final class DeployCatalog implements PluginCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(DeployCatalog.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** The deployer takes its time: until a file is this old nothing is wrong with it. */
  private static final Duration SETTLED = Duration.ofSeconds(4);

  private static final String INSTALLING = "it is being installed";

  private final BundleContext context;
  private final Path folder;
  private final Duration settled;
  private final BundleHealth health;
  private final Thread thread = Thread.ofVirtual().name("deploy-catalog").unstarted(this::run);
  private final Map<String, String> logged = new HashMap<>();
  private volatile List<PluginStatus> plugins = List.of();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ServiceComponentRuntime components;

  /** For Declarative Services. */
  @Activate
  public DeployCatalog(BundleContext context) {
    this(
        context,
        Path.of(Objects.requireNonNullElse(context.getProperty("karaf.base"), "."))
            .resolve("deploy"),
        SETTLED);
  }

  /** Of another folder; nothing is wrong with a file until it is so old. */
  DeployCatalog(BundleContext context, Path folder, Duration settled) {
    this.context = context;
    this.folder = folder.toAbsolutePath().normalize();
    this.settled = settled;
    this.health = new BundleHealth(context, () -> components);
  }

  @Activate
  void start() {
    thread.start();
  }

  @Deactivate
  void stop() {
    thread.interrupt();
  }

  @Override
  public List<PluginStatus> plugins() {
    return plugins;
  }

  /** Looks once. For one thread at a time. */
  void look() {
    Map<Path, Bundle> bundles = bundlesByFile();
    List<PluginStatus> found = new ArrayList<>();
    for (Path file : files()) {
      if (!DeployedFile.ignored(file)) {
        found.add(status(file, bundles.get(file)));
      }
    }
    found.sort(Comparator.comparing(PluginStatus::file));
    plugins = List.copyOf(found);
    found.forEach(this::log);
    logged.keySet().removeIf(file -> found.stream().noneMatch(each -> each.file().equals(file)));
  }

  private void run() {
    try {
      while (!thread.isInterrupted()) {
        try {
          look();
        } catch (IllegalStateException e) {
          LOG.debug("The framework is stopping", e);
        }
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException e) {
      LOG.debug("Told to end");
    }
  }

  private PluginStatus status(Path file, @Nullable Bundle bundle) {
    String name = String.valueOf(file.getFileName());
    if (bundle == null) {
      boolean ofKaraf = DeployedFile.ofKaraf(file);
      String problem = ofKaraf ? "" : young(file) ? INSTALLING : DeployedFile.problem(file);
      return new PluginStatus(name, "", "", ofKaraf, problem);
    }
    String problem = young(file) && !running(bundle) ? INSTALLING : health.problem(bundle);
    if (problem.isEmpty() && running(bundle)) {
      health.ran(bundle);
    }
    return new PluginStatus(
        name,
        Objects.requireNonNullElse(bundle.getSymbolicName(), ""),
        bundle.getVersion().toString(),
        problem.isEmpty(),
        problem);
  }

  private static boolean running(Bundle bundle) {
    return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
  }

  private void log(PluginStatus status) {
    String before = logged.put(status.file(), status.problem());
    if (status.problem().equals(before) || status.problem().equals(INSTALLING)) {
      return;
    }
    if (!status.problem().isEmpty()) {
      LOG.warn("deploy/{} does not run: {}", status.file(), status.problem());
    } else if (!status.bundle().isEmpty()) {
      LOG.info("deploy/{} runs: {} {}", status.file(), status.bundle(), status.version());
    }
  }

  private boolean young(Path file) {
    try {
      long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
      return age >= 0 && age < settled.toMillis();
    } catch (IOException e) {
      return true;
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
        stream.forEach(files::add);
      } catch (IOException e) {
        LOG.warn("{} cannot be read: {}", folder, e.toString());
      }
    }
    return files;
  }

  /** A deployed bundle's location is its file's address, behind a handler's name perhaps. */
  private Map<Path, Bundle> bundlesByFile() {
    Map<Path, Bundle> bundles = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      String location = bundle.getLocation();
      int file = location.indexOf("file:");
      if (file >= 0) {
        Path path = path(location.substring(file));
        if (path != null) {
          bundles.put(path, bundle);
        }
      }
    }
    return bundles;
  }

  private static @Nullable Path path(String uri) {
    int options = uri.indexOf('$');
    try {
      URI address = new URI(options < 0 ? uri : uri.substring(0, options));
      String path = address.getPath();
      return path == null ? null : Path.of(path).toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
