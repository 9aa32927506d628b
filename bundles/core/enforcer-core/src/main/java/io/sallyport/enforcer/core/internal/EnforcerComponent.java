/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.capture.PacketRecorder;
import io.sallyport.api.common.HomeDirectory;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.link.PolicyService;
import io.sallyport.api.link.ReportService;
import io.sallyport.api.plugin.PluginCatalog;
import io.sallyport.api.workload.WorkloadSource;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Runs the enforcer in the product: brings services to it as they come and go. */
@Component(
    immediate = true,
    service = {},
    configurationPid = "io.sallyport.enforcer.core")
public final class EnforcerComponent {
  private final Enforcer enforcer;
  private final AddressMonitor monitor;
  private @Nullable Dataplane dataplane;
  private @Nullable PolicyService policies;
  private Subscription policy = () -> {};

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ReportService reports;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable ParserCatalog parsers;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PluginCatalog plugins;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable PacketRecorder recorder;

  /** For Declarative Services. */
  @Activate
  public EnforcerComponent(BundleContext context, EnforcerConfig config) {
    Path home = HomeDirectory.path();
    Instant now = Instant.now();
    this.monitor = AddressMonitor.start();
    this.enforcer =
        new Enforcer(
            config,
            NodeFacts.read(home),
            context.getBundle().getVersion().toString(),
            home,
            now.getEpochSecond() * 1_000_000_000L + now.getNano(),
            new KernelProbe(monitor),
            new Parts(() -> reports, () -> parsers, () -> plugins, () -> recorder));
  }

  /** After the constructor and the references that are there. */
  @Activate
  void start() {
    enforcer.start();
  }

  @Deactivate
  synchronized void stop() {
    policy.close();
    enforcer.close();
    monitor.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addSource(WorkloadSource source) {
    enforcer.addSource(source);
  }

  void removeSource(WorkloadSource source) {
    enforcer.removeSource(source);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void setDataplane(Dataplane dataplane) {
    this.dataplane = dataplane;
    enforcer.dataplane(dataplane);
  }

  /** A replacement has been set before the one it replaces is taken away. */
  synchronized void unsetDataplane(Dataplane gone) {
    if (dataplane == gone) {
      dataplane = null;
      enforcer.dataplane(null);
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  synchronized void setPolicies(PolicyService service) {
    policy.close();
    policies = service;
    policy = service.follow(enforcer.nodeId(), enforcer::policy);
  }

  /** What was ordered stays in force until another controller says otherwise. */
  synchronized void unsetPolicies(PolicyService gone) {
    if (policies == gone) {
      policy.close();
      policies = null;
      policy = () -> {};
    }
  }
}
