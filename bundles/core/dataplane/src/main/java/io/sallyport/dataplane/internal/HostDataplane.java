/*
 * Copyright the Sallyport authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.sallyport.dataplane.internal;

import io.sallyport.api.capture.CaptureBackend;
import io.sallyport.api.capture.CaptureException;
import io.sallyport.api.capture.CaptureTarget;
import io.sallyport.api.common.Subscription;
import io.sallyport.api.flow.Dataplane;
import io.sallyport.api.flow.DataplaneStatus;
import io.sallyport.api.flow.FlowObserver;
import io.sallyport.api.inspection.ProtocolEngine;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datapath of a host: a fixed number of duty loops, and one thread that tries backends and
 * opens captures again that have failed.
 */
@Component(configurationPid = "io.sallyport.dataplane")
public final class HostDataplane implements Dataplane {
  private static final Logger LOG = LoggerFactory.getLogger(HostDataplane.class);

  private static final int MAX_LOOPS = 4;
  private static final long STOP_SECONDS = 2;

  private final ScheduledThreadPoolExecutor control;
  private final Backends backends;
  private final List<DutyLoop> loops = new ArrayList<>();
  private final List<OwnerThread> owners = new ArrayList<>();
  private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
  private final AtomicInteger nextLoop = new AtomicInteger();

  /** {@code etc/io.sallyport.dataplane.cfg}. */
  public @interface Config {
    /** How many flows are followed at once; beyond, the stalest are given up. */
    int max_flows() default 200_000;

    /** Memory for TCP bytes that come before their turn, in MiB. */
    int reassembly_mib() default 32;

    /** How many datagrams may wait for their fragments at once, 64 KiB each. */
    int max_datagrams() default 128;
  }

  /** Starts the duty loops. */
  @Activate
  public HostDataplane(@Reference ProtocolEngine engine, Config config) {
    this(engine, config.max_flows(), config.reassembly_mib(), config.max_datagrams());
  }

  HostDataplane(ProtocolEngine engine, int maxFlows, int reassemblyMib, int maxDatagrams) {
    this.control =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dataplane-control").factory());
    this.backends = new Backends(control);
    int count = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());
    SecureRandom random = new SecureRandom();
    FlowLimits limits =
        new FlowLimits(
            Math.max(1, maxFlows / count),
            Math.max(1, maxDatagrams / count),
            ((long) reassemblyMib << 20) / count,
            true);
    for (int i = 0; i < count; i++) {
      DutyLoop loop =
          new DutyLoop(limits, new FlowIds(i + 1, count, random.nextLong()), this::failed);
      OwnerThread owner = new OwnerThread("dataplane-" + i, engine, loop);
      loops.add(loop);
      owners.add(owner);
      owner.start();
    }
  }

  @Override
  public Subscription watch(String workloadId, CaptureTarget target, FlowObserver observer) {
    int index = Math.floorMod(nextLoop.getAndIncrement(), loops.size());
    Watch watch = new Watch(workloadId, target, observer, loops.get(index));
    Backends.Opened opened = backends.open(target);
    watches.add(watch);
    attach(watch, opened);
    return () -> close(watch);
  }

  @Override
  public DataplaneStatus status() {
    CaptureBackend best = backends.best();
    List<DataplaneStatus.Backend> known =
        backends.entries().stream()
            .map(
                entry ->
                    new DataplaneStatus.Backend(
                        entry.backend().name(),
                        entry.probe().available(),
                        entry.probe().detail(),
                        entry.backend() == best))
            .toList();
    List<DataplaneStatus.Counter> counters = new ArrayList<>();
    for (Counter counter : Counter.values()) {
      long sum = 0;
      for (DutyLoop loop : loops) {
        sum += loop.counters().get(counter);
      }
      counters.add(new DataplaneStatus.Counter(counter.label(), counter.help(), sum));
    }
    return new DataplaneStatus(
        known, watches.stream().map(Watch::status).toList(), List.copyOf(counters));
  }

  @Reference(
      service = CaptureBackend.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindBackend(CaptureBackend backend) {
    backends.add(backend);
  }

  void unbindBackend(CaptureBackend backend) {
    backends.remove(backend);
    for (Watch watch : watches) {
      Attachment attachment = watch.attachment();
      if (attachment != null && attachment.backend == backend) {
        watch.loop.detach(attachment);
        failed(attachment, "its backend " + backend.name() + " has gone");
      }
    }
  }

  /** Ends all captures and waits for the loops, for a moment. */
  @Deactivate
  void stop() {
    control.shutdownNow();
    loops.forEach(DutyLoop::stop);
    for (int i = 0; i < loops.size(); i++) {
      try {
        owners.get(i).done().get(STOP_SECONDS, TimeUnit.SECONDS);
        loops.get(i).close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        LOG.warn("A duty loop did not end in order", e);
      }
    }
  }

  private void close(Watch watch) {
    watches.remove(watch);
    Attachment attachment = watch.close();
    if (attachment != null) {
      watch.loop.detach(attachment);
    }
  }

  private void attach(Watch watch, Backends.Opened opened) {
    if (!watch.attach(new Attachment(watch, opened.backend(), opened.capture()))) {
      opened.capture().close();
    }
  }

  private void failed(Attachment attachment, String reason) {
    Watch watch = attachment.watch;
    int seconds = watch.failed(attachment, reason);
    if (seconds >= 0) {
      LOG.warn("The capture of {} ended: {}; it is opened again", watch.target.name(), reason);
      retry(watch, seconds);
    }
  }

  private void retry(Watch watch, int seconds) {
    try {
      var unused = control.schedule(() -> reopen(watch), seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Not opened again, as the datapath stops: {}", watch.target.name());
    }
  }

  private void reopen(Watch watch) {
    if (watch.isClosed()) {
      return;
    }
    try {
      attach(watch, backends.open(watch.target));
    } catch (CaptureException e) {
      retry(watch, watch.stillFailing(String.valueOf(e.getMessage())));
    }
  }
}
