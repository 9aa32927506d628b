/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.enforcer.core.internal;

import io.sallyport.api.dpi.ParserCatalog;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.link.NodeInfo;
import io.sallyport.api.link.NodePolicy;
import io.sallyport.api.link.NodeReport;
import io.sallyport.api.link.NodeStatus;
import io.sallyport.api.plugin.PluginCatalog;
import io.sallyport.api.workload.Workload;
import io.sallyport.api.workload.WorkloadSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The half of the product that runs on a host, put together. Safe on any thread. */
final class Enforcer implements AutoCloseable {
  private final NodeFacts facts;
  private final String version;
  private final NamespaceProbe probe;
  private final Parts parts;
  private final long start;
  private final WorkloadJournal journal = new WorkloadJournal();
  private final FlowLedger ledger;
  private final Captures captures;
  private final WorkloadTable table;
  private final Sources sources;
  private final CaptureOrders orders;
  private final Reporter reporter;
  private long sequence;

  /**
   * An enforcer that rests until it is started.
   *
   * @param home where its files lie
   * @param start nanoseconds since the epoch, later than that of any earlier one of this node
   */
  Enforcer(
      EnforcerConfig config,
      NodeFacts facts,
      String version,
      Path home,
      long start,
      NamespaceProbe probe,
      Parts parts) {
    this.facts = facts;
    this.version = version;
    this.probe = probe;
    this.parts = parts;
    this.start = start;
    this.ledger =
        new FlowLedger(
            new FlowBounds(
                config.maxConversations(),
                config.maxFlows(),
                config.maxReportedFlows(),
                config.maxReportedMessages()));
    this.captures = new Captures(ledger, probe, config.fullBytes());
    ContainerRegistry registry = new ContainerRegistry(config.maxContainers(), id -> changed(id));
    this.table =
        new WorkloadTable(
            registry,
            probe,
            new Changes(),
            facts.id(),
            facts.name(),
            Duration.ofSeconds(config.checkSeconds()));
    this.sources = new Sources(registry);
    this.orders =
        new CaptureOrders(
            home.resolve("enforcer").resolve("captures"),
            table::workload,
            parts.recorder(),
            parts.reports());
    this.reporter =
        new Reporter(parts.reports(), this::report, Duration.ofMillis(config.reportMillis()));
  }

  String nodeId() {
    return facts.id();
  }

  void start() {
    table.start();
    reporter.start();
  }

  void addSource(WorkloadSource source) {
    sources.add(source);
  }

  void removeSource(WorkloadSource source) {
    sources.remove(source);
  }

  void dataplane(@Nullable Dataplane dataplane) {
    captures.dataplane(dataplane);
  }

  void policy(NodePolicy policy) {
    orders.policy(policy);
  }

  @Override
  public void close() {
    sources.close();
    table.close();
    captures.close();
    orders.close();
    reporter.close();
  }

  private void changed(String containerId) {
    table.changed(containerId);
  }

  /** Flows before workloads: so no report tells of a workload's flows before the workload. */
  private NodeReport report(boolean full) {
    FlowLedger.Harvest harvest = ledger.harvest(full);
    WorkloadJournal.Entries workloads = journal.take(full);
    sequence++;
    return new NodeReport(
        info(),
        start,
        sequence,
        full,
        workloads.workloads(),
        workloads.gone(),
        harvest.conversations(),
        harvest.flows(),
        harvest.messages(),
        orders.progress(),
        status());
  }

  private NodeInfo info() {
    return new NodeInfo(
        facts.id(),
        facts.name(),
        probe.hostAddresses().stream()
            .filter(address -> !address.isLoopback() && !Addresses.linkLocal(address))
            .toList(),
        facts.kernel(),
        facts.os(),
        facts.cpus(),
        facts.memory(),
        version,
        sources.platform());
  }

  private NodeStatus status() {
    ParserCatalog parsers = parts.parsers().get();
    PluginCatalog plugins = parts.plugins().get();
    return new NodeStatus(
        sources.statuses(),
        captures.status(table.workloads()),
        parsers == null ? List.of() : parsers.parsers(),
        plugins == null ? List.of() : plugins.plugins(),
        ledger.dropped(),
        orders.epoch());
  }

  /** What becomes of workloads, told to the report and to the captures. */
  private final class Changes implements WorkloadListener {
    @Override
    public void changed(Workload workload) {
      journal.changed(workload);
    }

    @Override
    public void gone(String workloadId) {
      journal.gone(workloadId);
    }

    @Override
    public void watch(long inode, Workload owner) {
      captures.watch(inode, owner);
    }

    @Override
    public void unwatch(long inode) {
      captures.unwatch(inode);
    }
  }
}
